import type { ParameterSchema, Repair } from "../../types/index.ts";
import { isSureRead, readJson } from "../json/repair.ts";
import { allows, typeOf, typesOf } from "./schema-types.ts";

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** JSON text of an argument that was written as raw text, and what had to be changed for it. */
export interface TypedValue {
  readonly json: string;
  readonly repairs: readonly Repair[];
}

/**
 * Types raw text by its schema, the narrowest type that fits first; a string stays as it is. Without a schema only
 * text that is JSON of something else than a string is taken as such, or none with `untyped` being text, which also
 * decides where the schema allows text. What fits no type is left as a string.
 */
export function typedValue(raw: string, schema: ParameterSchema | undefined, untyped: "json" | "text"): TypedValue {
  const types = typesOf(schema);
  const text = raw.trim();
  const asString: TypedValue = { json: JSON.stringify(raw), repairs: [] };
  if (types.has("string") ? types.size === 1 : untyped === "text" && types.size === 0) return asString;
  const word = text.toLowerCase();
  // Where text is allowed too, only Python's own spelling is taken for it.
  const isNone = types.has("string") ? text === "None" : word === "none";
  if (word === "null" || (isNone && types.has("null"))) {
    if (types.size === 0 || types.has("null") || !types.has("string")) return { json: "null", repairs: [] };
  }
  if ((word === "true" || word === "false") && allows(types, "boolean")) return { json: word, repairs: [] };
  if (NUMBER.test(text) && allows(types, typeOf(Number(text)))) return { json: text, repairs: [] };
  if (/^[[{]/.test(text) && (allows(types, "array") || allows(types, "object"))) {
    const read = readJson(text);
    const isSure = read && (types.size > 0 ? isSureRead(read) : read.repairs.length === 0);
    if (isSure && allows(types, typeOf(read.value))) return read;
  }
  return asString;
}
