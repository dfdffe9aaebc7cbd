import { bind } from "../arguments.ts";
import type { Builtin, Builtins } from "../builtin.ts";
import { keyOf } from "../keys.ts";
import type { Runtime } from "../runtime.ts";
import { View } from "../sequences.ts";
import { Dict, List, Undefined, type Value } from "../values.ts";

const asDict = (value: Value) => value as Dict;

/** Methods of Python's dictionaries. */
export const dictMethods: Builtins = new Map<string, Builtin>([
  ["get", get],
  ["items", (runtime, dict) => new View("dict_items", pairs(runtime, asDict(dict)), asDict(dict).origin)],
  [
    "keys",
    (runtime, dict) => {
      const keys = entries(runtime, asDict(dict)).map(({ key }) => key);
      return new View("dict_keys", keys, asDict(dict).origin);
    },
  ],
  [
    "values",
    (runtime, dict) => {
      const values = entries(runtime, asDict(dict)).map(({ value }) => value);
      return new View("dict_values", values, asDict(dict).origin);
    },
  ],
  [
    "copy",
    (runtime, dict) => {
      entries(runtime, asDict(dict));
      return new Dict(new Map(asDict(dict).entries), asDict(dict).origin);
    },
  ],
]);

function get(_: Runtime, subject: Value, input: Parameters<Builtin>[2]): Value {
  const [key, otherwise = null] = bind("get", input, ["key", "default"], 1);
  if (key instanceof Undefined) return otherwise;
  const found = asDict(subject).entries.get(keyOf(key!));
  return found === undefined ? otherwise : found.value;
}

/** The pairs of a mapping, each a tuple. */
export function pairs(runtime: Runtime, dict: Dict): List[] {
  return entries(runtime, dict).map(({ key, value }) => new List([key, value], "tuple", dict.origin));
}

function entries(runtime: Runtime, dict: Dict): { readonly key: Value; readonly value: Value }[] {
  runtime.meter.list(dict.entries.size);
  runtime.meter.step(dict.entries.size);
  return [...dict.entries.values()];
}
