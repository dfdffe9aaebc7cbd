import type { Malformed, Repair } from "../../types/index.ts";
import type { Ending, Setting, Verdict } from "../opening.ts";
import { shownBy } from "./meant.ts";
import { declaredTool, nearestTool } from "./names.ts";
import { memberSchema, type TaggedValue, typedTag } from "./tagged-value.ts";

export type { TaggedValue };

/** A call in a notation whose arguments are raw text between tags. */
export interface TaggedCall {
  readonly name: string;
  readonly values: readonly TaggedValue[];
  /** Closers that were missing or markup that was mended, by name. */
  readonly repairs: readonly Repair[];
}

/** Types the arguments by the tool's schema and judges the call. */
export function judgeTaggedCall(call: TaggedCall, ending: Ending, setting: Setting): Verdict {
  const { name } = call;
  const { notation } = setting;
  if (notation !== "native") {
    const shown = shownBy(setting);
    if (shown) return { type: "text", reason: `shown, not meant: ${shown}` };
    if (!declaredTool(name, setting.tools))
      return { type: "text", reason: `"${name.slice(0, 60)}" is no declared tool` };
  }
  const tool = nearestTool(name, setting.tools);
  const members = new Map<string, string>();
  const repairs: Repair[] = [...call.repairs];
  for (const value of call.values) {
    const typed = typedTag(value, memberSchema(tool?.parameters, value.key));
    members.set(value.key, typed.json);
    repairs.push(...typed.repairs);
  }
  const flagged: Malformed | undefined =
    ending === "cut"
      ? { type: "cut" }
      : name === ""
        ? { type: "missing_name" }
        : tool
          ? undefined
          : { type: "unknown_tool", name };
  return {
    type: "call",
    name,
    arguments: `{${[...members].map(([key, json]) => `${JSON.stringify(key)}: ${json}`).join(", ")}}`,
    notation,
    repairs,
    ...(flagged && { malformed: flagged }),
    reason: notation === "native" ? "in the family's own markers" : "a declared name and arguments in tags",
  };
}
