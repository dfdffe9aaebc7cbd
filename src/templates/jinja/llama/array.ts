import { whole } from "../arguments.ts";
import type { Builtin, Builtins } from "../builtin.ts";
import { isTrue } from "../compare.ts";
import { lookUp } from "../keys.ts";
import { integer } from "../number-text.ts";
import { asText } from "../print.ts";
import { Failure, type Runtime } from "../runtime.ts";
import { EMPTY, Text } from "../text.ts";
import { join } from "../text-edit.ts";
import { llamaType } from "../type-names.ts";
import { Dict, List, Num, Undefined, type Value } from "../values.ts";
import { argument, attribute, count } from "./arguments.ts";
import { llamaRank } from "./compare.ts";
import { selection } from "./selection.ts";
import { notImplemented, orDefault, tojson } from "./shared.ts";
import { llamaSlice } from "./slice.ts";
import { llamaText } from "./text.ts";

const items = (value: Value) => (value as List).items;
const missing = () => new Undefined("an item of an empty list");

/** A tuple stays a tuple. */
function like(runtime: Runtime, value: Value, made: Value[]): List {
  runtime.meter.list(made.length);
  runtime.meter.step(made.length);
  return new List(made, llamaType(value) === "Tuple" ? "tuple" : "list", (value as List).origin);
}

/** What `attribute=` finds in an item; undefined where the item is of another kind. */
function at(item: Value, key: Text | number): Value | undefined {
  if (typeof key === "number") return item instanceof List ? item.items.at(key) : undefined;
  return item instanceof Dict ? lookUp(item, key) : undefined;
}

/** What an item is compared by; without order where it lacks the key. */
function keyOf(callee: string, item: Value, key: Text | number | undefined): Value {
  if (key === undefined) return item;
  if (typeof key === "number" ? item instanceof List : item instanceof Dict) return at(item, key) ?? missing();
  throw new Failure(`${callee}: unsupported object attribute comparison of ${llamaType(item)}`);
}

const joined: Builtin = (runtime, value, input) => {
  count("join", input, 0, 2);
  const key = attribute("join", argument(input, "attribute", 1));
  const between = argument(input, "d", 0);
  const texts = items(value).map((item) => {
    const part = key === undefined ? item : (at(item, key) ?? item);
    if (part instanceof Text || part instanceof Num) return llamaText(part);
    throw new Failure("join() can only join arrays of strings or numerics");
  });
  return join(runtime, texts, between === undefined ? EMPTY : asText(runtime, between));
};

const map: Builtin = (runtime, value, input) => {
  count("map", input, 1, 99);
  if (input.positional.length > 0) throw new Failure("NotImplemented: map: filter-mapping not implemented");
  const key = attribute("map", input.named.get("attribute"));
  if (key === undefined) throw new Failure("map: attribute must be string or integer");
  const otherwise = input.named.get("default") ?? new Undefined(String(typeof key === "number" ? key : key.value));
  return like(
    runtime,
    value,
    items(value).map((item) => at(item, key) ?? otherwise),
  );
};

const sort: Builtin = (runtime, value, input) => {
  count("sort", input, 0, 3);
  const direction = isTrue(runtime, argument(input, "reverse", 0) ?? null) ? -1 : 1;
  const key = attribute("sort", argument(input, "attribute", 2));
  const keyed = items(value).map((item) => ({ item, by: keyOf("sort", item, key) }));
  runtime.meter.step(keyed.length * 8);
  return like(
    runtime,
    value,
    keyed.sort((a, b) => direction * (llamaRank(runtime, a.by, b.by) ?? 0)).map(({ item }) => item),
  );
};

const extreme =
  (name: "min" | "max"): Builtin =>
  (runtime, value, input) => {
    count(name, input, 0, 3);
    const key = attribute(name, argument(input, "attribute", 1));
    runtime.meter.step(items(value).length);
    const direction = name === "min" ? 1 : -1;
    const [first, ...rest] = items(value);
    if (first === undefined) return missing();
    const rank = (a: Value, b: Value) =>
      direction * (llamaRank(runtime, keyOf(name, a, key), keyOf(name, b, key)) ?? 0);
    return rest.reduce((best, item) => (rank(item, best) < 0 ? item : best), first);
  };

/** `append` changes the list and gives it back. */
const append: Builtin = (runtime, value, input) => {
  count("append", input, 1, 1);
  if (llamaType(value) === "Tuple") throw new Failure("Attempting to modify immutable type");
  runtime.meter.list(items(value).length + 1);
  items(value).push(input.positional[0] ?? null);
  return value;
};

/** What stands behind a popped item moves up, many items in the time of a step. */
const MOVED_PER_STEP = 64;

const pop: Builtin = (runtime, value, input) => {
  count("pop", input, 0, 1);
  if (llamaType(value) === "Tuple") throw new Failure("Attempting to modify immutable type");
  const { length } = items(value);
  const given = whole("pop", input.positional[0], -1);
  const index = given < 0 ? given + length : given;
  if (index < 0 || index >= length) throw new Failure(`Index ${index} out of bounds for array of size ${length}`);
  runtime.meter.step((length - index) / MOVED_PER_STEP);
  return items(value).splice(index, 1)[0]!;
};

export const arrayBuiltins: Builtins = new Map<string, Builtin>([
  ["default", orDefault],
  ["list", (runtime, value) => new List([...like(runtime, value, items(value)).items], "list", (value as List).origin)],
  ["first", (_, value) => items(value)[0] ?? (items(value).length > 0 ? null : missing())],
  ["last", (_, value) => items(value).at(-1) ?? (items(value).length > 0 ? null : missing())],
  ["length", (_, value) => integer(items(value).length)],
  [
    "slice",
    (runtime, value, input) => {
      count("slice", input, 3, 3);
      return llamaSlice(runtime, value, ...(input.positional as [Value, Value, Value]));
    },
  ],
  ["selectattr", selection(false)],
  ["select", selection(false)],
  ["rejectattr", selection(true)],
  ["reject", selection(true)],
  ["join", joined],
  ["string", (runtime, value) => asText(runtime, value)],
  ["tojson", tojson],
  ["map", map],
  ["append", append],
  ["pop", pop],
  ["sort", sort],
  ["reverse", (runtime, value) => like(runtime, value, items(value).toReversed())],
  ["min", extreme("min")],
  ["max", extreme("max")],
  ["unique", notImplemented("Array unique builtin")],
]);
