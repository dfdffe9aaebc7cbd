import type { Malformed, ParameterSchema, Repair, ToolCall, ToolSpec } from "../../types/index.ts";
import { isObject } from "../json/members.ts";
import { readJson } from "../json/repair.ts";
import { coerce } from "./coerce.ts";
import { doubtOf } from "./doubt.ts";
import { nearestTool, wordsOf } from "./names.ts";
import { typesOf } from "./schema-types.ts";

/** A call that can be run, or why it cannot; `detail` is written for the model to act on. */
export type ResolvedCall =
  | {
      readonly type: "ready";
      readonly spec: ToolSpec;
      readonly input: Readonly<Record<string, unknown>>;
      readonly repairs: readonly Repair[];
    }
  | { readonly type: "malformed"; readonly malformed: Malformed };

interface NamedCall {
  readonly call: ToolCall;
  readonly repairs: readonly Repair[];
  readonly spec?: ToolSpec;
}

/** A call under the name of the tool that it means; as it is, and without `spec`, where it means none. Never throws. */
export function resolveName(call: ToolCall, tools: readonly ToolSpec[]): NamedCall {
  const spec = nearestTool(call.name, tools);
  if (!spec) return { call, repairs: [] };
  const { name } = spec;
  if (name === call.name) return { spec, call, repairs: [] };
  return { spec, call: { ...call, name }, repairs: [{ name: "tool_name", before: call.name, after: name }] };
}

/**
 * Makes a call fit the tools: its name (exact, up to case and separators, else the one near it), then its arguments (repaired,
 * coerced by the schema, unknown ones dropped). The name comes first because it says by which schema. Each change is a named repair,
 * in the order in which it was made. Never throws.
 */
export function resolveCall(call: ToolCall, tools: readonly ToolSpec[]): ResolvedCall {
  if (call.name.trim() === "") return { type: "malformed", malformed: { type: "missing_name" } };
  const named = resolveName(call, tools);
  const { spec } = named;
  if (!spec) return { type: "malformed", malformed: { type: "unknown_tool", name: call.name } };
  const repairs = [...named.repairs];
  const read = readJson(call.arguments.trim() === "" ? "{}" : call.arguments);
  if (!read) return bad(`the arguments of ${spec.name} are not valid JSON. ${usage(spec)}`);
  repairs.push(...read.repairs);
  let value = read.value;
  if (typeof value === "string") {
    const inner = readJson(value);
    if (inner) {
      repairs.push({ name: "arguments_as_text", before: read.json, after: inner.json }, ...inner.repairs);
      value = inner.value;
    }
  }
  if (value === null) value = {};
  if (!isObject(value)) return bad(`the arguments of ${spec.name} must be one JSON object. ${usage(spec)}`);
  const input = fitNames(value, spec.parameters, repairs);
  const problems: string[] = [];
  const fitted = coerce(input, { ...spec.parameters, type: "object" }, "", { repairs, problems });
  if (problems.length > 0) return bad(`${problems.join("; ")}. ${usage(spec)}`);
  return { type: "ready", spec, input: fitted as Record<string, unknown>, repairs };
}

/** What to tell the model of a call of which a repair may have lost a part; undefined for other calls. */
export function mayLackPart(name: string, repairs: readonly Repair[]): Malformed | undefined {
  const doubts = repairs.map(doubtOf);
  if (doubts.includes("unclosed")) {
    return bad(
      `the text ended inside a string of the arguments of ${name}, so the rest of it is missing. Write the call again, whole`,
    ).malformed;
  }
  if (doubts.includes("quotes")) {
    return bad(
      `a string of the arguments of ${name} holds quotes that are not escaped, so it cannot be told where it ends. Write the call again, with \\" for each quote inside`,
    ).malformed;
  }
  return undefined;
}

function bad(detail: string): { readonly type: "malformed"; readonly malformed: Malformed } {
  return { type: "malformed", malformed: { type: "bad_arguments", detail } };
}

/** One line that says what a tool takes. */
function usage(spec: ToolSpec): string {
  const required = new Set(spec.parameters.required ?? []);
  const list = Object.entries(spec.parameters.properties ?? {}).map(
    ([name, schema]) =>
      `${name} (${[...typesOf(schema)].join(" or ") || "any"}${required.has(name) ? "" : ", optional"})`,
  );
  return list.length === 0 ? `${spec.name} takes no parameters` : `${spec.name} takes: ${list.join(", ")}`;
}

/** Gives parameters the names that are declared; drops what is not, and nulls for optional ones. */
function fitNames(
  value: Readonly<Record<string, unknown>>,
  parameters: ParameterSchema,
  repairs: Repair[],
): Record<string, unknown> {
  const properties = parameters.properties ?? {};
  const declared = Object.keys(properties);
  const open = parameters.additionalProperties !== undefined && parameters.additionalProperties !== false;
  const fitted = new Map<string, unknown>();
  for (const [key, entry] of Object.entries(value)) if (Object.hasOwn(properties, key)) fitted.set(key, entry);
  for (const [key, entry] of Object.entries(value)) {
    if (Object.hasOwn(properties, key)) continue;
    const free = declared.filter((name) => !fitted.has(name));
    const name = similarName(key, free);
    if (name) {
      fitted.set(name, entry);
      repairs.push({ name: "parameter_name", before: key, after: name });
    } else if (open) fitted.set(key, entry);
    else repairs.push({ name: "unknown_parameter", before: key, after: "" });
  }
  for (const [key, entry] of fitted) {
    if (
      entry !== null ||
      parameters.required?.includes(key) ||
      typesOf(Object.hasOwn(properties, key) ? properties[key] : undefined).has("null")
    )
      continue;
    fitted.delete(key);
    repairs.push({ name: "null_dropped", before: `${key}: null`, after: "" });
  }
  return Object.fromEntries(fitted);
}

/** The only free name that is the same up to case and separators, or that one of the two contains as a word. */
function similarName(key: string, free: readonly string[]): string | undefined {
  const words = wordsOf(key);
  const same = free.filter((name) => wordsOf(name).join("") === words.join(""));
  if (same.length > 0) return same.length === 1 ? same[0] : undefined;
  const near = free.filter((name) => {
    const others = wordsOf(name);
    return others.every((word) => words.includes(word)) || words.every((word) => others.includes(word));
  });
  return words.length > 0 && near.length === 1 ? near[0] : undefined;
}
