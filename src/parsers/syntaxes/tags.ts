import type { TagsSpec } from "../../types/index.ts";
import { anyLiteralAt, literalAt } from "../look.ts";
import type { Setting, Start, Syntax } from "../opening.ts";
import { FlatTagsBody } from "./flat-tags.ts";
import { NestedTagsBody } from "./nested-tags.ts";
import { afterBreak, NAME_LIMIT } from "./tag-reader.ts";

/** Calls written in tags, by the literals of their family. */
export function tags(spec: TagsSpec): Syntax {
  const { open } = spec.name;
  return {
    starts: open === "" ? [] : [open],
    start(text, at, setting) {
      if (open === "") return afterName(text, at, spec, setting);
      const look = literalAt(text, at, open);
      if (look !== "yes") return { type: look === "more" ? "more" : "none" };
      const body = spec.nested ? new NestedTagsBody(spec, setting) : new FlatTagsBody(spec, setting);
      return { type: "body", end: at + open.length, body };
    },
  };
}

/** A call whose name no tag opens: one word, behind which the call has to go on as one. */
function afterName(text: string, at: number, spec: TagsSpec, setting: Setting): Start {
  let end = at;
  while (end < text.length && end - at <= NAME_LIMIT && /[^\s<>{}"'\\[\]]/.test(text.charAt(end))) end++;
  if (end >= text.length) return { type: "more" };
  if (end === at || end - at > NAME_LIMIT) return { type: "none" };
  const tag = afterBreak(text, end);
  if (tag === "more" || tag >= text.length) return { type: "more" };
  const found = anyLiteralAt(text, tag, spec.name.close === "" ? [spec.key.open, spec.close] : [spec.name.close]);
  if (found === undefined || found === "more") return { type: found ?? "none" };
  const body = new FlatTagsBody(spec, setting, text.slice(at, end));
  return { type: "body", end: tag + spec.name.close.length, body };
}
