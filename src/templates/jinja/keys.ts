import { Failure } from "./runtime.ts";
import { Text } from "./text.ts";
import { typeName } from "./type-names.ts";
import { type Dict, type KeyValue, Num, Undefined, type Value } from "./values.ts";

/** What a value is looked up by in a mapping. `True` is `1` and `1.0` is `1`, as in Python. Throws `Failure` for lists and mappings. */
export function keyOf(value: Value): KeyValue {
  if (value instanceof Text) return value.value;
  if (value === null) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof Num) return value.value;
  throw new Failure(`unhashable type: '${typeName(value)}'`);
}

/** Whether a mapping can have such a key. */
export function isKey(value: Value): boolean {
  return value === null || typeof value === "boolean" || value instanceof Text || value instanceof Num;
}

/** The value stored under `key`; undefined where there is none. */
export function lookUp(dict: Dict, key: Value): Value | undefined {
  return key instanceof Undefined ? undefined : dict.entries.get(keyOf(key))?.value;
}

/** Stores `value` under `key`, where the key is new at the end. */
export function put(dict: Dict, key: Value, value: Value): void {
  const found = keyOf(key);
  dict.entries.set(found, { key: dict.entries.get(found)?.key ?? key, value });
}
