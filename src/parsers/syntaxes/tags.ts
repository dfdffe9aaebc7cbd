import type { TagsSpec } from "../../types/index.ts";
import { anyLiteralAt, literalAt } from "../look.ts";
import type { Setting, Syntax } from "../opening.ts";
import { NestedTagsBody } from "./nested-tags.ts";
import { afterBreak, NAME_LIMIT } from "./tag-reader.ts";
import { type LeadingName, TagsBody } from "./tags-body.ts";

/** Calls written in tags, by the literals of their family. */
export function tags(spec: TagsSpec): Syntax {
  const body = (setting: Setting, name?: LeadingName) =>
    spec.nested ? new NestedTagsBody(spec, setting) : new TagsBody(spec, setting, name);
  return {
    starts: spec.name.open === "" ? [] : [spec.name.open],
    start(text, at, setting) {
      if (spec.name.open === "") {
        const name = leadingName(text, at, spec);
        return typeof name === "string" ? { type: name } : { type: "body", body: body(setting, name) };
      }
      const look = literalAt(text, at, spec.name.open);
      if (look !== "yes") return { type: look === "more" ? "more" : "none" };
      return { type: "body", body: body(setting) };
    },
  };
}

/** The name that stands where no tag opens it: one word, behind which the call has to go on as one. */
function leadingName(text: string, at: number, spec: TagsSpec): "more" | "none" | LeadingName {
  let end = at;
  while (end < text.length && end - at <= NAME_LIMIT && /[^\s<>{}"'\\[\]]/.test(text.charAt(end))) end++;
  if (end >= text.length) return "more";
  if (end === at || end - at > NAME_LIMIT) return "none";
  const tag = afterBreak(text, end);
  if (tag === "more" || tag >= text.length) return "more";
  const found = anyLiteralAt(text, tag, spec.name.close === "" ? [spec.key.open, spec.close] : [spec.name.close]);
  if (found === undefined || found === "more") return found ?? "none";
  return { name: text.slice(at, end), length: tag - at + spec.name.close.length };
}
