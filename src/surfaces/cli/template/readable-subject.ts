import { createSubject, type Subject, type TemplateSource } from "../../../inspect/templates.ts";
import { HalterError } from "../../../types/error.ts";

/** Makes ready a template that there is no sense in looking at unless it can be read. Throws `usage` for none, and for one that does not parse. */
export async function readableSubject(source: TemplateSource): Promise<Subject> {
  if (source.source.trim() === "") {
    throw new HalterError("usage", `${source.name} holds no chat template`, {
      hint: "give the template of the model's own repository, or look at another file",
    });
  }
  const subject = await createSubject(source);
  const { parseError } = subject;
  if (!parseError) return subject;
  throw new HalterError("usage", parseError.message, {
    hint: parseError.hint ?? "halter template check says more",
    cause: parseError,
  });
}
