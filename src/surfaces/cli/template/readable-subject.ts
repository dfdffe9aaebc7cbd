import { createSubject, type Subject, type TemplateSource } from "../../../inspect/templates.ts";
import { parseTemplate } from "../../../templates/index.ts";
import { HalterError } from "../../../types/error.ts";

/** Makes ready a template that there is no sense in looking at unless it can be read. Throws `usage` for none, and for one that does not parse. */
export async function readableSubject(source: TemplateSource): Promise<Subject> {
  if (source.source.trim() === "") {
    throw new HalterError("usage", `${source.name} holds no chat template`, {
      hint: "give the template of the model's own repository, or look at another file",
    });
  }
  try {
    parseTemplate(source.source, { name: source.name });
  } catch (cause) {
    if (!(cause instanceof HalterError)) throw cause;
    throw new HalterError("usage", cause.message, { hint: cause.hint ?? "halter template check says more", cause });
  }
  return createSubject(source);
}
