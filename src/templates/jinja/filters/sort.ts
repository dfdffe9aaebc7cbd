import { bind } from "../arguments.ts";
import type { Builtin, Builtins } from "../builtin.ts";
import { equal, isTrue, ordered } from "../compare.ts";
import { iterate } from "../iterate.ts";
import { pairs } from "../methods/dict.ts";
import { Failure, type Runtime } from "../runtime.ts";
import { Group } from "../sequences.ts";
import { Text } from "../text.ts";
import { typeName } from "../type-names.ts";
import { Dict, List, Undefined, type Value } from "../values.ts";
import { attributeGetter, attributesGetter, folded } from "./attribute.ts";

interface Keyed<Item> {
  readonly item: Item;
  readonly key: Value;
}

/** Items in the order of their keys; equal ones keep their order, also in reverse. */
function sorted<Item>(runtime: Runtime, items: readonly Keyed<Item>[], reverse: boolean): Item[] {
  runtime.meter.list(items.length);
  const direction = reverse ? -1 : 1;
  const compare = (a: Keyed<Item>, b: Keyed<Item>) => {
    runtime.meter.step();
    return direction * ordered(runtime, a.key, b.key);
  };
  return items.toSorted(compare).map(({ item }) => item);
}

const sort: Builtin = (runtime, value, input) => {
  const [reverse = false, sensitive = false, attribute] = bind("sort", input, [
    "reverse",
    "case_sensitive",
    "attribute",
  ]);
  const read = attributesGetter(attribute);
  const keeps = isTrue(runtime, sensitive);
  const keyed = iterate(runtime, value).map((item) => {
    const keys = read(runtime, item);
    return { item, key: new List(keeps ? keys : keys.map((key) => folded(runtime, key))) };
  });
  return new List(sorted(runtime, keyed, isTrue(runtime, reverse)));
};

const dictsort: Builtin = (runtime, value, input) => {
  const [sensitive = false, by = new Text("key"), reverse = false] = bind("dictsort", input, [
    "case_sensitive",
    "by",
    "reverse",
  ]);
  const side = by instanceof Text ? ["key", "value"].indexOf(by.value) : -1;
  if (side < 0) throw new Failure('You can only sort by either "key" or "value"');
  if (!(value instanceof Dict)) throw new Failure("dictsort takes a mapping");
  const keeps = isTrue(runtime, sensitive);
  const keyed = pairs(runtime, value).map((pair) => {
    const key = pair.items[side]!;
    return { item: pair, key: keeps ? key : folded(runtime, key) };
  });
  return new List(sorted(runtime, keyed, isTrue(runtime, reverse)));
};

const unique: Builtin = (runtime, value, input) => {
  const [sensitive = false, attribute] = bind("unique", input, ["case_sensitive", "attribute"]);
  const read = attributeGetter(attribute);
  const keeps = isTrue(runtime, sensitive);
  const seen: Value[] = [];
  const kept = iterate(runtime, value).filter((item) => {
    const found = read(runtime, item);
    const key = keeps ? found : folded(runtime, found);
    if (key instanceof Dict || (key instanceof List && key.kind === "list")) {
      throw new Failure(`unhashable type: '${typeName(key)}'`);
    }
    runtime.meter.step(1 + seen.length);
    if (seen.some((other) => equal(runtime, other, key))) return false;
    seen.push(key);
    return true;
  });
  return new List(kept, "generator");
};

/** Pairs of what the items of a group share and the items. */
const groupby: Builtin = (runtime, value, input) => {
  const [attribute, otherwise, sensitive = false] = bind(
    "groupby",
    input,
    ["attribute", "default", "case_sensitive"],
    1,
  );
  const read = attributeGetter(attribute, otherwise);
  const keeps = isTrue(runtime, sensitive);
  const keyed = iterate(runtime, value).map((item) => {
    const found = read(runtime, item);
    const key = keeps ? found : folded(runtime, found);
    return { item: { item, found, key }, key };
  });
  const groups: { readonly key: Value; readonly found: Value; readonly items: Value[] }[] = [];
  for (const { item, found, key } of sorted(runtime, keyed, false)) {
    const group = groups.at(-1);
    if (group && equal(runtime, group.key, key)) group.items.push(item);
    else groups.push({ key, found, items: [item] });
  }
  return new List(groups.map(({ found, items }) => new Group(found, new List(items))));
};

const extreme =
  (name: "min" | "max"): Builtin =>
  (runtime, value, input) => {
    const [sensitive = false, attribute] = bind(name, input, ["case_sensitive", "attribute"]);
    const read = attributeGetter(attribute);
    const keeps = isTrue(runtime, sensitive);
    const key = (item: Value) => (keeps ? read(runtime, item) : folded(runtime, read(runtime, item)));
    const [first, ...rest] = iterate(runtime, value);
    if (first === undefined) return new Undefined(`the ${name} of an empty sequence`);
    const sign = name === "min" ? 1 : -1;
    return rest.reduce((best, item) => (sign * ordered(runtime, key(item), key(best)) < 0 ? item : best), first);
  };

/** The filters of Jinja2 that compare items with each other. */
export const sortFilters: Builtins = new Map<string, Builtin>([
  ["sort", sort],
  ["dictsort", dictsort],
  ["unique", unique],
  ["groupby", groupby],
  ["min", extreme("min")],
  ["max", extreme("max")],
]);
