import { bind, whole } from "../arguments.ts";
import { arithmetic } from "../arithmetic.ts";
import type { Builtin, Builtins } from "../builtin.ts";
import { iterate } from "../iterate.ts";
import { pairs } from "../methods/dict.ts";
import { integer } from "../number-text.ts";
import { asText } from "../print.ts";
import { Failure, type Runtime } from "../runtime.ts";
import { EMPTY, sliceText, Text } from "../text.ts";
import { characterAt, characterBefore, join, reverse } from "../text-edit.ts";
import { lengthOf } from "../text-units.ts";
import { typeName } from "../type-names.ts";
import { Dict, List, Undefined, type Value } from "../values.ts";
import { attributeGetter } from "./attribute.ts";

/** `length`; throws `Failure` for what has none, such as a generator. */
export const lengthFilter: Builtin = (runtime, value, input) => {
  bind("length", input, []);
  if (value instanceof Text) return integer(lengthOf(runtime, value.value));
  if (value instanceof Dict) return integer(value.entries.size);
  if (value instanceof Undefined) return integer(0);
  if (value instanceof List && value.kind !== "generator") return integer(value.items.length);
  throw new Failure(`object of type '${typeName(value)}' has no len()`);
};

const joined: Builtin = (runtime, value, input) => {
  const [d = EMPTY, attribute] = bind("join", input, ["d", "attribute"]);
  const read = attributeGetter(attribute);
  const parts = iterate(runtime, value).map((item) => asText(runtime, read(runtime, item)));
  return join(runtime, parts, asText(runtime, d));
};

/** The first of what can be gone through; only that one is taken from a generator. */
const first: Builtin = (runtime, value, input) => {
  bind("first", input, []);
  if (value instanceof Text) return edge(value, 0, characterAt(value.value, 0).length, "first");
  if (value instanceof List && value.kind === "generator") return present(value.items.shift(), "first");
  return present(iterate(runtime, value)[0], "first");
};

const last: Builtin = (runtime, value, input) => {
  bind("last", input, []);
  if (value instanceof Text && value.value !== "") {
    const { length } = value.value;
    return edge(value, length - characterBefore(value.value, length).length, length, "last");
  }
  if (value instanceof List && value.kind === "generator") throw new Failure("'generator' object is not reversible");
  return present(iterate(runtime, value).at(-1), "last");
};

function edge(text: Text, start: number, end: number, name: string): Value {
  return end > start ? sliceText(text, start, end) : present(undefined, name);
}

function present(item: Value | undefined, name: string): Value {
  return item === undefined ? new Undefined(`the ${name} item of an empty sequence`) : item;
}

const reversed: Builtin = (runtime, value, input) => {
  bind("reverse", input, []);
  if (value instanceof Text) return reverse(runtime, value);
  const items = iterate(runtime, value);
  runtime.meter.list(items.length);
  return new List(items.toReversed(), "generator");
};

function portions(
  items: readonly Value[],
  sizes: readonly number[],
  fill: (index: number) => Value | undefined,
): Value[] {
  let start = 0;
  return sizes.map((size, index) => {
    const portion = items.slice(start, start + size);
    start += size;
    const filling = fill(index);
    return new List(filling === undefined ? portion : [...portion, filling]);
  });
}

const slice: Builtin = (runtime, value, input) => {
  const [slices, fill = null] = bind("slice", input, ["slices", "fill_with"], 1);
  const count = whole("slice", slices, 1);
  const items = iterate(runtime, value);
  if (count === 0) throw new Failure("integer division or modulo by zero");
  runtime.meter.list(Math.max(0, count) + items.length);
  const size = Math.floor(items.length / count);
  const larger = items.length % count;
  const sizes = Array.from({ length: Math.max(0, count) }, (_, index) => size + (index < larger ? 1 : 0));
  return new List(
    portions(items, sizes, (index) => (fill !== null && index >= larger ? fill : undefined)),
    "generator",
  );
};

const batch: Builtin = (runtime, value, input) => {
  const [linecount, fill = null] = bind("batch", input, ["linecount", "fill_with"], 1);
  const size = Math.max(1, whole("batch", linecount, 1));
  const items = iterate(runtime, value);
  const missing = (size - (items.length % size)) % size;
  const filled =
    fill === null || items.length === 0 ? items : [...items, ...Array.from(fills(runtime, missing), () => fill)];
  const sizes = Array.from({ length: Math.ceil(filled.length / size) }, () => size);
  runtime.meter.list(filled.length + sizes.length);
  return new List(
    portions(filled, sizes, () => undefined),
    "generator",
  );
};

function fills(runtime: Runtime, count: number): { length: number } {
  runtime.meter.list(count);
  return { length: count };
}

const sum: Builtin = (runtime, value, input) => {
  const [attribute, start = integer(0)] = bind("sum", input, ["attribute", "start"]);
  const read = attributeGetter(attribute);
  return iterate(runtime, value).reduce<Value>(
    (total, item) => arithmetic(runtime, "+", total, read(runtime, item)),
    start,
  );
};

/** The filters of Jinja2 that take a sequence as a whole. */
export const listFilters: Builtins = new Map<string, Builtin>([
  ["length", lengthFilter],
  ["count", lengthFilter],
  ["join", joined],
  ["first", first],
  ["last", last],
  ["reverse", reversed],
  ["slice", slice],
  ["batch", batch],
  ["sum", sum],
  [
    "list",
    (runtime, value, input) => {
      bind("list", input, []);
      const items = iterate(runtime, value);
      runtime.meter.list(items.length);
      return new List([...items], "list", value instanceof List ? value.origin : undefined);
    },
  ],
  [
    "items",
    (runtime, value, input) => {
      bind("items", input, []);
      if (value instanceof Undefined) return new List([], "generator");
      if (!(value instanceof Dict)) throw new Failure("Can only get item pairs from a mapping.");
      return new List(pairs(runtime, value), "generator", value.origin);
    },
  ],
]);
