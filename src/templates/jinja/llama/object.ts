import type { Builtin, Builtins } from "../builtin.ts";
import { isTrue } from "../compare.ts";
import { keyOf } from "../keys.ts";
import { integer } from "../number-text.ts";
import { asText } from "../print.ts";
import { Failure, type Runtime } from "../runtime.ts";
import { Text } from "../text.ts";
import { Dict, List, Namespace, type Value } from "../values.ts";
import { argument, count } from "./arguments.ts";
import { llamaRank } from "./compare.ts";
import { notImplemented, tojson } from "./shared.ts";

type Entry = Dict["entries"] extends Map<unknown, infer Pair> ? Pair : never;

/** The entries of a mapping; namespaces are mappings too. */
function entries(runtime: Runtime, value: Value): Entry[] {
  const found =
    value instanceof Namespace
      ? Array.from(value.values, ([name, item]) => ({ key: new Text(name), value: item }))
      : value instanceof Dict
        ? [...value.entries.values()]
        : [];
  runtime.meter.list(found.length);
  runtime.meter.step(found.length);
  return found;
}

function originOf(value: Value) {
  return value instanceof Dict ? value.origin : undefined;
}

const get: Builtin = (_, subject, input) => {
  count("get", input, 1, 2);
  const [key, otherwise = null] = input.positional;
  if (!(key instanceof Text)) throw new Failure("get: second argument must be a string (key)");
  if (subject instanceof Namespace) return subject.values.get(key.value) ?? otherwise;
  const found = (subject as Dict).entries.get(key.value);
  return found ? found.value : otherwise;
};

/** Gives a mapping again, in the order of its keys or values. */
const dictsort: Builtin = (runtime, subject, input) => {
  const isByValue = argument(input, "by", 1);
  const side = isByValue instanceof Text && isByValue.value === "value" ? "value" : "key";
  const direction = isTrue(runtime, argument(input, "reverse", 2) ?? null) ? -1 : 1;
  const sorted = entries(runtime, subject).sort((a, b) => direction * (llamaRank(runtime, a[side], b[side]) ?? 0));
  runtime.meter.step(sorted.length * 8);
  return new Dict(new Map(sorted.map((entry) => [keyOf(entry.key), entry])), originOf(subject));
};

export const objectBuiltins: Builtins = new Map<string, Builtin>([
  ["get", get],
  [
    "keys",
    (runtime, value) =>
      new List(
        entries(runtime, value).map(({ key }) => key),
        "list",
        originOf(value),
      ),
  ],
  [
    "values",
    (runtime, value) =>
      new List(
        entries(runtime, value).map((entry) => entry.value),
        "list",
        originOf(value),
      ),
  ],
  [
    "items",
    (runtime, value) => {
      const pairs = entries(runtime, value).map(
        (entry) => new List([entry.key, entry.value], "tuple", originOf(value)),
      );
      return new List(pairs, "list", originOf(value));
    },
  ],
  ["tojson", tojson],
  ["string", (runtime, value) => asText(runtime, value)],
  ["length", (runtime, value) => integer(entries(runtime, value).length)],
  ["dictsort", dictsort],
  ["join", notImplemented("object join")],
]);
