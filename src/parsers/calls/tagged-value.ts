import type { ParameterSchema, TagsSpec } from "../../types/index.ts";
import { allows, branchFor, deref, typesOf } from "./schema-types.ts";
import { type TypedValue, typedValue } from "./typed-value.ts";

/** An argument as it was written between tags. */
export interface TaggedValue {
  readonly key: string;
  readonly raw: string;
  /** What it is where the schema does not say. */
  readonly untyped: TagsSpec["untyped"];
  /** Values in tags inside it; the text around those counts for nothing. */
  readonly members?: readonly TaggedValue[];
}

/** The key of the tags that hold the items of a list. */
const ITEM_KEY = "item";

/**
 * Types a value by its schema, whose references are found in `root`; one with members is an object, or a list where the
 * schema or their key says so.
 */
export function typedTag(
  value: TaggedValue,
  schema: ParameterSchema | undefined,
  root: ParameterSchema | undefined,
): TypedValue {
  const { members } = value;
  if (!members || members.length === 0) return typedValue(value.raw, schema, value.untyped);
  const types = typesOf(schema);
  const areItems = members.every(({ key }) => key === ITEM_KEY);
  const isList = areItems ? allows(types, "array") : !allows(types, "object") && allows(types, "array");
  const branch = branchFor(schema ?? {}, isList ? "array" : "object");
  const typed = members.map((member) =>
    typedTag(member, isList ? deref(branch.items, root) : memberSchema(branch, member.key, root), root),
  );
  const texts = typed.map(({ json }, index) => (isList ? json : `${JSON.stringify(members[index]!.key)}: ${json}`));
  return {
    json: isList ? `[${texts.join(", ")}]` : `{${texts.join(", ")}}`,
    repairs: typed.flatMap(({ repairs }) => repairs),
  };
}

/** The schema of an object's member, references followed into `root`; undefined where there is none. */
export function memberSchema(
  schema: ParameterSchema | undefined,
  key: string,
  root: ParameterSchema | undefined,
): ParameterSchema | undefined {
  const properties = schema?.properties;
  if (properties && Object.hasOwn(properties, key)) return deref(properties[key], root);
  const others = schema?.additionalProperties;
  return typeof others === "object" && others !== null ? deref(others as ParameterSchema, root) : undefined;
}
