import type { ParameterSchema, Repair, RepairName } from "../../types/index.ts";
import { isObject } from "../json/members.ts";
import { isSureRead, readJson } from "../json/repair.ts";
import { allows, branchFor, type JsonType, typeOf, typesOf } from "./schema-types.ts";

interface Log {
  readonly repairs: Repair[];
  readonly problems: string[];
}

/** Nested values are looked at down to this depth; deeper ones are taken as they are. */
const DEPTH_LIMIT = 32;

/**
 * Makes a value fit its schema; each change is a named repair, each misfit a problem that names the parameter and what
 * was expected. `path` is the parameter's name as the model would write it, empty for the whole arguments.
 */
export function coerce(value: unknown, schema: ParameterSchema, path: string, log: Log, depth = 0): unknown {
  if (depth > DEPTH_LIMIT || typeof schema !== "object" || schema === null) return value;
  const types = typesOf(schema);
  let fitted = value;
  if (!allows(types, typeOf(value))) {
    const change = CHANGES.map((attempt) => attempt(value, types)).find((found) => found !== undefined);
    if (!change) {
      log.problems.push(`parameter "${path}" must be ${[...types].join(" or ")}, not ${show(value)}`);
      return value;
    }
    fitted = change.value;
    log.repairs.push({ name: change.name, before: `${path}: ${show(value)}`, after: `${path}: ${show(fitted)}` });
  }
  const branch = branchFor(schema, typeOf(fitted));
  if (isObject(fitted)) return coerceMembers(fitted, branch, path, log, depth);
  const { items } = branch;
  if (Array.isArray(fitted) && items) {
    return fitted.map((item, index) => coerce(item, items, `${path}[${index}]`, log, depth + 1));
  }
  return fitEnum(fitted, branch, path, log);
}

function coerceMembers(
  value: Readonly<Record<string, unknown>>,
  schema: ParameterSchema,
  path: string,
  log: Log,
  depth: number,
): Record<string, unknown> {
  const properties = schema.properties ?? {};
  const at = (key: string): string => (path === "" ? key : `${path}.${key}`);
  for (const key of schema.required ?? []) {
    if (Object.hasOwn(value, key)) continue;
    const types = [...typesOf(properties[key])].join(" or ") || "any";
    log.problems.push(`parameter "${at(key)}" (${types}) is missing`);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      const member = Object.hasOwn(properties, key) ? properties[key] : undefined;
      return [key, member ? coerce(entry, member, at(key), log, depth + 1) : entry];
    }),
  );
}

function fitEnum(value: unknown, schema: ParameterSchema, path: string, log: Log): unknown {
  if (!schema.enum || schema.enum.length === 0 || schema.enum.includes(value)) return value;
  const folded = schema.enum.filter((option) => String(option).toLowerCase() === String(value).toLowerCase().trim());
  if (folded.length !== 1) {
    log.problems.push(`parameter "${path}" must be one of ${schema.enum.map(show).join(", ")}, not ${show(value)}`);
    return value;
  }
  log.repairs.push({ name: "enum_case", before: `${path}: ${show(value)}`, after: `${path}: ${show(folded[0])}` });
  return folded[0];
}

type Change = { readonly name: RepairName; readonly value: unknown } | undefined;

/** Ways to make a value fit, tried in order. */
const CHANGES: readonly ((value: unknown, types: ReadonlySet<JsonType>) => Change)[] = [
  (value, types) => {
    if (typeof value !== "string" || !/^\s*-?\d/.test(value)) return undefined;
    const number = Number(value.trim());
    return !Number.isNaN(number) && allows(types, typeOf(number))
      ? { name: "text_to_number", value: number }
      : undefined;
  },
  (value, types) => {
    if (typeof value !== "string" || !types.has("boolean")) return undefined;
    const word = value.trim().toLowerCase();
    if (["true", "yes", "1", "on"].includes(word)) return { name: "text_to_boolean", value: true };
    if (["false", "no", "0", "off"].includes(word)) return { name: "text_to_boolean", value: false };
    return undefined;
  },
  (value, types) =>
    typeof value === "string" && types.has("null") && /^(?:null|none|)$/i.test(value.trim())
      ? { name: "text_to_null", value: null }
      : undefined,
  (value, types) => {
    if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return undefined;
    const read = readJson(value);
    return read && isSureRead(read) && allows(types, typeOf(read.value))
      ? { name: "text_to_json", value: read.value }
      : undefined;
  },
  (value, types) =>
    (typeof value === "number" || typeof value === "boolean") && types.has("string")
      ? { name: "value_to_text", value: String(value) }
      : undefined,
  (value, types) =>
    typeof value === "number" && types.has("integer") && Number.isFinite(value) && Math.abs(value % 1) < 1e-9
      ? { name: "number_to_integer", value: Math.round(value) }
      : undefined,
  (value, types) =>
    Array.isArray(value) && types.has("string") && value.length > 0 && value.every((line) => typeof line === "string")
      ? { name: "lines_to_text", value: value.join("\n") }
      : undefined,
  (value, types) => (isObject(value) && types.has("string") ? objectToText(value) : undefined),
  (value, types) =>
    types.has("array") && value !== null && !Array.isArray(value)
      ? { name: "single_to_array", value: [value] }
      : undefined,
];

/** JSON text of an object, as a model means it that writes a JSON file; one that lies too deep is left. */
function objectToText(value: Readonly<Record<string, unknown>>): Change {
  try {
    return { name: "object_to_text", value: JSON.stringify(value, null, 2) };
  } catch {
    return undefined;
  }
}

/** A value as the model may recognise it, cut to a readable length. */
function show(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (isObject(value)) return "an object";
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}..."` : text;
}
