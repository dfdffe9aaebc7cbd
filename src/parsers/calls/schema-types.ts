import type { ParameterSchema } from "../../types/index.ts";

export type JsonType = "null" | "boolean" | "integer" | "number" | "array" | "object" | "string";

/** Names of types as tools and models write them, besides those of JSON Schema. */
const TYPE_NAMES: ReadonlyMap<string, JsonType> = new Map(
  Object.entries<JsonType>({
    null: "null",
    none: "null",
    boolean: "boolean",
    bool: "boolean",
    integer: "integer",
    int: "integer",
    number: "number",
    float: "number",
    double: "number",
    array: "array",
    list: "array",
    object: "object",
    dict: "object",
    string: "string",
    str: "string",
    text: "string",
  }),
);

/** Every type that a schema allows, through `anyOf`, `oneOf`, `enum` and `const`; empty where it says nothing. */
export function typesOf(schema: ParameterSchema | undefined): ReadonlySet<JsonType> {
  const types = new Set<JsonType>();
  if (schema) collect(schema, types, 0);
  return types;
}

function collect(schema: ParameterSchema, types: Set<JsonType>, depth: number): void {
  if (depth > 8 || typeof schema !== "object" || schema === null) return;
  for (const name of typeof schema.type === "string" ? [schema.type] : (schema.type ?? [])) {
    const type = TYPE_NAMES.get(String(name).toLowerCase());
    if (type) types.add(type);
  }
  const { oneOf, anyOf } = schema as { oneOf?: readonly ParameterSchema[]; anyOf?: readonly ParameterSchema[] };
  for (const branch of [...(anyOf ?? []), ...(oneOf ?? [])]) collect(branch, types, depth + 1);
  if (types.size > 0) return;
  for (const value of schema.enum ?? ("const" in schema ? [schema.const] : [])) types.add(typeOf(value));
  if (schema.properties) types.add("object");
  if (schema.items) types.add("array");
}

/** The narrowest JSON type of a value. */
export function typeOf(value: unknown): JsonType {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "boolean" || typeof value === "string") return typeof value as JsonType;
  return "object";
}

/** Whether a value of `type` may stand where `types` are allowed. */
export const allows = (types: ReadonlySet<JsonType>, type: JsonType): boolean =>
  types.size === 0 || types.has(type) || (type === "integer" && types.has("number"));

/** The alternative of a schema that describes values of this type. */
export function branchFor(schema: ParameterSchema, type: JsonType): ParameterSchema {
  const { anyOf, oneOf } = schema as { anyOf?: readonly ParameterSchema[]; oneOf?: readonly ParameterSchema[] };
  return [...(anyOf ?? []), ...(oneOf ?? [])].find((branch) => allows(typesOf(branch), type)) ?? schema;
}

/** The schema that a `$ref` names inside `root` (`#/$defs/NAME`); one without a reference is itself. */
export function deref(
  schema: ParameterSchema | undefined,
  root: ParameterSchema | undefined,
): ParameterSchema | undefined {
  const reference = schema?.$ref;
  if (typeof reference !== "string" || !reference.startsWith("#/")) return schema;
  let found: unknown = root;
  for (const key of reference.slice(2).split("/")) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  return typeof found === "object" && found !== null ? (found as ParameterSchema) : undefined;
}
