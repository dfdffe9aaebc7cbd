import type { Malformed, Repair, ToolSpec } from "../../types/index.ts";
import { isObject, memberTexts } from "../json/members.ts";
import { type ReadJson, readJson } from "../json/repair.ts";
import type { Ending, Setting, Verdict } from "../opening.ts";
import { isDoubtful } from "./doubt.ts";
import { fittingTool } from "./fitting.ts";
import { shownBy } from "./meant.ts";
import { declaredTool, nearestTool } from "./names.ts";

/** Keys under which models write a call's name and its arguments, the right one first. */
const NAME_KEYS = ["name", "tool_name", "function_name", "function", "tool", "action"] as const;
export const ARGUMENT_KEYS: readonly string[] = [
  "arguments",
  "parameters",
  "input",
  "args",
  "params",
  "tool_input",
  "action_input",
];

/** Keys that hold the whole call, or a list of calls. */
export const WRAPPER_KEYS: readonly string[] = ["function", "function_call", "tool_call", "tool_calls"];

/** Keys that an object in plain text must begin with to be looked at as a call. */
export const CALL_KEYS: ReadonlySet<string> = new Set([...NAME_KEYS, ...ARGUMENT_KEYS, ...WRAPPER_KEYS, "type", "id"]);

/** Under which keys a family has a call's name and its arguments; an empty name key: the name is itself a key. */
export interface CallKeys {
  readonly nameKey: string;
  readonly argumentsKey: string;
}

/** A call before it is judged. */
export interface Found {
  readonly name: string | undefined;
  /** JSON text of the arguments, or undefined where there are none. */
  readonly arguments: string | undefined;
  readonly repairs: readonly Repair[];
  readonly isDefinition: boolean;
}

/** Judges the JSON text of one object as a call. */
export function judgeJsonCall(text: string, ending: Ending, setting: Setting, keys: CallKeys): Verdict {
  const read = readJson(text);
  if (!read || !isObject(read.value)) return judgeCall(findInBroken(text), text, ending, setting);
  const found = (keys.nameKey === "" && findByKey(read)) || findCall(read, keys, 0);
  return judgeCall({ ...found, repairs: [...read.repairs, ...found.repairs] }, text, ending, setting);
}

/** Judges a call whose name stands outside its arguments, e.g. in a tag or a header. */
export function judgeArguments(name: string, raw: string, ending: Ending, setting: Setting): Verdict {
  return judgeCall({ name, arguments: raw || undefined, repairs: [], isDefinition: false }, raw, ending, setting);
}

/** Judges a call by its name, its arguments and where it stands; `text` is all of it. */
export function judgeCall(found: Found, text: string, ending: Ending, setting: Setting): Verdict {
  const repairs = [...found.repairs];
  const object = found.arguments === undefined ? undefined : asObject(found.arguments);
  if (object) repairs.push(...object.repairs);
  const tool = declaredTool(found.name ?? "", setting.tools);
  if (setting.notation !== "native" || setting.unmarked) {
    const reason = notACall(found, object?.json, tool, setting);
    if (reason) return { type: "text", reason };
  }
  const fitting = !found.name && object && setting.notation === "native" && fittingTool(object.json, setting.tools);
  if (fitting) {
    const guess: Repair = { name: "tool_by_arguments", before: "", after: fitting.name };
    return judgeCall({ ...found, name: fitting.name, repairs: [...found.repairs, guess] }, text, ending, setting);
  }
  const malformed = flag(found, object?.json, ending, setting.tools);
  if (found.arguments === undefined && found.name) {
    repairs.push({ name: "missing_arguments", before: "", after: "{}" });
  }
  return {
    type: "call",
    name: found.name ?? "",
    arguments: object?.json ?? found.arguments ?? (found.name ? "{}" : text),
    notation: setting.notation,
    repairs,
    ...(malformed && { malformed }),
    reason: REASONS[setting.notation],
  };
}

const REASONS: Readonly<Record<Setting["notation"], string>> = {
  native: "in the family's own markers",
  fenced: "a declared name and an arguments object in a code fence",
  bare: "a declared name and an arguments object in the text",
};

/** Why an object in plain text is no call; undefined when it is one. */
function notACall(
  found: Found,
  json: string | undefined,
  tool: ToolSpec | undefined,
  setting: Setting,
): string | undefined {
  if (!found.name) return "it names no tool";
  if (!tool && setting.notation !== "native") return `"${found.name.slice(0, 60)}" is no declared tool`;
  if (found.isDefinition) return "it is the definition of a tool";
  if (found.arguments === undefined) return "it has no arguments";
  const isBroken = json === undefined && !found.arguments.startsWith("{");
  if (isBroken && !(tool && setting.notation === "native")) return "its arguments are no object";
  const rule = shownBy(setting);
  if (rule) return `shown, not meant: ${rule}`;
  if (json === undefined || setting.notation === "fenced" || setting.intro.text().trim() === "") return undefined;
  const members = memberTexts(json);
  const missing = (tool?.parameters.required ?? []).filter((key) => !members.has(key));
  return members.size === 0 && missing.length > 0 ? `shown, not meant: no ${missing.join(", ")}` : undefined;
}

/** What is wrong with a call; `json`: its arguments, where they are an object. */
export function flag(
  found: Pick<Found, "name" | "arguments">,
  json: string | undefined,
  ending: Ending,
  tools: readonly ToolSpec[],
): Malformed | undefined {
  if (ending === "cut") return { type: "cut" };
  if (!found.name) return { type: "missing_name" };
  if (!nearestTool(found.name, tools)) return { type: "unknown_tool", name: found.name };
  if (found.arguments !== undefined && json === undefined) {
    return { type: "bad_arguments", detail: `the arguments of ${found.name} are no JSON object` };
  }
  return undefined;
}

/** `{"NAME": {…}}`, one member that is an object. */
function findByKey(read: ReadJson): Found | undefined {
  const [member, another] = Object.entries(read.value as object);
  if (!member || another || !isObject(member[1])) return undefined;
  return { name: member[0], arguments: memberTexts(read.json).get(member[0]), repairs: [], isDefinition: false };
}

function findCall(read: ReadJson, keys: CallKeys, depth: number): Found {
  const value = read.value as Readonly<Record<string, unknown>>;
  const members = memberTexts(read.json);
  const nameKey = [keys.nameKey, ...NAME_KEYS].find((key) => typeof value[key] === "string");
  const wrapper = WRAPPER_KEYS.find((key) => isObject(first(value[key])));
  if (!nameKey && wrapper && depth < 3) {
    const inner = first(value[wrapper]);
    const text = Array.isArray(value[wrapper]) ? members.get(wrapper)!.slice(1, -1).trim() : members.get(wrapper)!;
    const found = findCall({ json: text, value: inner, repairs: [] }, keys, depth + 1);
    return { ...found, repairs: [{ name: "wrapped_call", before: read.json, after: text }, ...found.repairs] };
  }
  const argumentKey = [keys.argumentsKey, ...ARGUMENT_KEYS].find((key) => members.has(key));
  const repairs: Repair[] = [];
  if (nameKey && nameKey !== keys.nameKey) repairs.push({ name: "name_key", before: nameKey, after: keys.nameKey });
  if (argumentKey && argumentKey !== keys.argumentsKey) {
    repairs.push({ name: "arguments_key", before: argumentKey, after: keys.argumentsKey });
  }
  const schema = argumentKey && value[argumentKey];
  return {
    name: nameKey && (value[nameKey] as string),
    arguments: argumentKey && members.get(argumentKey),
    repairs,
    isDefinition: isObject(schema) && schema.type === "object" && isObject(schema.properties),
  };
}

/** What can be told of a call whose text no repair makes JSON. */
function findInBroken(text: string): Found {
  const name = new RegExp(`["'](?:${NAME_KEYS.join("|")})["']\\s*:\\s*["']([^"'\\n]{1,100})["']`).exec(text)?.[1];
  const start = new RegExp(`["'](?:${ARGUMENT_KEYS.join("|")})["']\\s*:\\s*(?=\\{)`).exec(text);
  const rest = start && text.slice(start.index + start[0].length).trimEnd();
  const raw = rest?.endsWith("}") ? rest.slice(0, -1).trimEnd() : rest;
  return { name, arguments: raw || undefined, repairs: [], isDefinition: false };
}

interface ArgumentsObject {
  readonly json: string;
  readonly repairs: readonly Repair[];
}

/** The arguments as JSON text of an object, where they are one, also written as JSON text inside a string or as null. */
function asObject(text: string): ArgumentsObject | undefined {
  const read = readJson(text);
  const value = read?.value;
  if (read && isObject(value)) return { json: read.json, repairs: repairsOf(read, text) };
  if (value === null) return { json: "{}", repairs: [{ name: "null_arguments", before: text, after: "{}" }] };
  if (typeof value !== "string") return undefined;
  const inner = value.trim() === "" ? { json: "{}", value: {}, repairs: [] } : readJson(value);
  if (!inner || !isObject(inner.value)) return undefined;
  const repair: Repair = { name: "arguments_as_text", before: text, after: inner.json };
  return { json: inner.json, repairs: [repair, ...inner.repairs.filter(isDoubtful)] };
}

/** One repair for all that was mended in the arguments, or those that may have lost a part of them. */
function repairsOf({ json, repairs }: ReadJson, text: string): readonly Repair[] {
  const doubtful = repairs.filter(isDoubtful);
  return doubtful.length > 0
    ? doubtful
    : repairs.slice(0, 1).map((repair) => ({ ...repair, before: text, after: json }));
}

const first = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? value[0] : value);
