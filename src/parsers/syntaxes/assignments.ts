import type { Repair, ToolSpec } from "../../types/index.ts";
import { bodyUntil } from "../body.ts";
import { judgeCall } from "../calls/json-call.ts";
import { declaredTool } from "../calls/names.ts";
import { typedValue } from "../calls/typed-value.ts";
import { nameEnd, skipSpace } from "../look.ts";
import type { Ending, Setting, Syntax, Verdict } from "../opening.ts";

/** `NAME key=value key=value`, behind a marker, of a declared tool; a value lasts up to the next of the tool's keys. */
export const assignmentsSyntax: Syntax = {
  starts: [],
  start(text, at, setting) {
    const end = nameEnd(text, at);
    const name = text.slice(at, end);
    const tool = setting.notation === "native" ? declaredTool(name, setting.tools) : undefined;
    if (end === text.length) return { type: "more" };
    if (!tool) return { type: "none" };
    const key = skipSpace(text, end);
    const keyEnd = nameEnd(text, key);
    if (keyEnd === text.length) return { type: "more" };
    if (key === end || text.charAt(keyEnd) !== "=" || !keysOf(tool).includes(text.slice(key, keyEnd))) {
      return { type: "none" };
    }
    const body = bodyUntil(setting.around, (pairs, ending) => judgeAssignments(tool, name, pairs, ending, setting));
    return { type: "body", end, body };
  },
};

const keysOf = ({ parameters }: ToolSpec): string[] => Object.keys(parameters.properties ?? {});

function judgeAssignments(tool: ToolSpec, name: string, text: string, ending: Ending, setting: Setting): Verdict {
  const { properties = {} } = tool.parameters;
  const keys = keysOf(tool).map((key) => key.replace(/[^\w]/g, "\\$&"));
  const pieces = text.trim().split(new RegExp(`(?:^|\\s)(${keys.join("|")})=`));
  const members = new Map<string, string>();
  const repairs: Repair[] = [];
  for (let index = 1; index < pieces.length; index += 2) {
    const key = pieces[index]!;
    const value = pieces[index + 1]!.trim().replace(/^(["'])(.*)\1$/s, "$2");
    const typed = typedValue(value, properties[key], "json");
    members.set(key, typed.json);
    repairs.push(...typed.repairs);
  }
  const json = `{${[...members].map(([key, value]) => `${JSON.stringify(key)}: ${value}`).join(", ")}}`;
  return judgeCall({ name, arguments: json, repairs, isDefinition: false }, text, ending, setting);
}
