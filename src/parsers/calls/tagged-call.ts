import type { Repair, ToolSpec } from "../../types/index.ts";
import { isObject } from "../json/members.ts";
import { readJson } from "../json/repair.ts";
import type { Ending, Setting, Verdict } from "../opening.ts";
import { ARGUMENT_KEYS, flag } from "./json-call.ts";
import { shownBy } from "./meant.ts";
import { declaredTool, nearestTool } from "./names.ts";
import { memberSchema, type TaggedValue, typedTag } from "./tagged-value.ts";

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
  const repairs: Repair[] = [...call.repairs];
  const json = unwrapped(call, tool, repairs) ?? typedMembers(call.values, tool, repairs);
  const malformed = flag({ name, arguments: json }, json, ending, setting.tools);
  return {
    type: "call",
    name,
    arguments: json,
    notation,
    repairs,
    ...(malformed && { malformed }),
    reason: notation === "native" ? "in the family's own markers" : "a declared name and arguments in tags",
  };
}

function typedMembers(values: readonly TaggedValue[], tool: ToolSpec | undefined, repairs: Repair[]): string {
  const members = new Map<string, string>();
  for (const value of values) {
    const typed = typedTag(value, memberSchema(tool?.parameters, value.key, tool?.parameters), tool?.parameters);
    members.set(value.key, typed.json);
    repairs.push(...typed.repairs);
  }
  return `{${[...members].map(([key, json]) => `${JSON.stringify(key)}: ${json}`).join(", ")}}`;
}

/** The arguments, where the model has put all of them as JSON into one parameter that the tool does not have. */
function unwrapped({ values }: TaggedCall, tool: ToolSpec | undefined, repairs: Repair[]): string | undefined {
  const [only, another] = values;
  const properties = tool?.parameters.properties ?? {};
  if (!only || another || !ARGUMENT_KEYS.includes(only.key) || Object.hasOwn(properties, only.key)) return undefined;
  const read = readJson(only.raw);
  if (!read || !isObject(read.value) || !Object.keys(read.value).every((key) => Object.hasOwn(properties, key))) {
    return undefined;
  }
  repairs.push({ name: "wrapped_arguments", before: only.key, after: "" }, ...read.repairs);
  return read.json;
}
