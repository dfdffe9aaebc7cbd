import type { Repair, ToolSpec } from "../../types/index.ts";
import { judgeCall } from "../calls/json-call.ts";
import { declaredTool } from "../calls/names.ts";
import { typedValue } from "../calls/typed-value.ts";
import { anyLiteralAt, firstsOf, nameEnd, skipSpace } from "../look.ts";
import type { Body, Setting, Syntax } from "../opening.ts";

/** `NAME key=value key=value`, behind a marker, of a declared tool; a value lasts up to the next of the tool's keys. */
export const assignmentsSyntax: Syntax = {
  starts: [],
  start(text, at, setting) {
    const end = nameEnd(text, at);
    const tool = setting.notation === "native" ? declaredTool(text.slice(at, end), setting.tools) : undefined;
    if (end === text.length) return { type: "more" };
    if (!tool) return { type: "none" };
    const key = skipSpace(text, end);
    const keyEnd = nameEnd(text, key);
    if (keyEnd === text.length) return { type: "more" };
    if (key === end || text.charAt(keyEnd) !== "=" || !keysOf(tool).includes(text.slice(key, keyEnd))) {
      return { type: "none" };
    }
    return { type: "body", body: new AssignmentsBody(tool, text.slice(at, end), setting) };
  },
};

const keysOf = ({ parameters }: ToolSpec): string[] => Object.keys(parameters.properties ?? {});

class AssignmentsBody implements Body {
  private readonly tool: ToolSpec;
  private readonly name: string;
  private readonly setting: Setting;
  private readonly firsts: string;

  constructor(tool: ToolSpec, name: string, setting: Setting) {
    this.tool = tool;
    this.name = name;
    this.setting = setting;
    this.firsts = firstsOf(setting.around);
  }

  read(text: string, from: number, final: boolean): { readonly at: number; readonly done: boolean } {
    for (let at = from; at < text.length; at++) {
      if (!this.firsts.includes(text.charAt(at))) continue;
      const found = anyLiteralAt(text, at, this.setting.around, final);
      if (found !== undefined) return { at, done: found !== "more" };
    }
    return { at: text.length, done: false };
  }

  judge(text: string, ending: Parameters<Body["judge"]>[1]): ReturnType<Body["judge"]> {
    const { name, setting } = this;
    const raw = text.slice(name.length).trim();
    const { properties = {} } = this.tool.parameters;
    const keys = keysOf(this.tool).map((key) => key.replace(/[^\w]/g, "\\$&"));
    const pieces = raw.split(new RegExp(`(?:^|\\s)(${keys.join("|")})=`));
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
    const found = { name, arguments: json, repairs, isDefinition: false };
    return judgeCall(found, text, ending, setting);
  }
}
