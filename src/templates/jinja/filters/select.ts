import { bind } from "../arguments.ts";
import type { Builtin, Builtins } from "../builtin.ts";
import { isTrue } from "../compare.ts";
import { iterate } from "../iterate.ts";
import { Failure, type Runtime } from "../runtime.ts";
import { Text } from "../text.ts";
import { type Arguments, List, type Value } from "../values.ts";
import { attributeGetter } from "./attribute.ts";

/** The items of what is true at all: `none | map(…)` is empty and no error. */
function itemsOf(runtime: Runtime, value: Value): readonly Value[] {
  return isTrue(runtime, value) ? iterate(runtime, value) : [];
}

function generator(runtime: Runtime, items: Value[]): List {
  runtime.meter.list(items.length);
  return new List(items, "generator");
}

function nameOf(value: Value | undefined, what: string): string {
  if (value instanceof Text) return value.value;
  throw new Failure(`${what} takes the name of a test or filter`);
}

/** `select('odd')`, `rejectattr('role', 'equalto', 'user')`: keeps the items of which a test holds; without one, those that are true. */
function selection(name: string, byAttribute: boolean, wanted: boolean): Builtin {
  return (runtime, value, input) => {
    if (byAttribute && input.positional.length === 0)
      throw new Failure(`${name}: missing parameter for attribute name`);
    const read = attributeGetter(byAttribute ? input.positional[0] : undefined);
    const [test, ...others] = input.positional.slice(byAttribute ? 1 : 0);
    const further: Arguments = { positional: others, named: input.named };
    const holds = (item: Value) =>
      test === undefined ? isTrue(runtime, item) : runtime.test(nameOf(test, name), item, further);
    const kept = itemsOf(runtime, value).filter((item) => holds(read(runtime, item)) === wanted);
    return generator(runtime, kept);
  };
}

const map: Builtin = (runtime, value, input) => {
  if (input.positional.length === 0 && input.named.has("attribute")) {
    const [attribute, otherwise] = bind("map", input, ["attribute", "default"]);
    const read = attributeGetter(attribute, otherwise);
    return generator(
      runtime,
      itemsOf(runtime, value).map((item) => read(runtime, item)),
    );
  }
  const [filter, ...rest] = input.positional;
  if (filter === undefined) throw new Failure("map requires a filter argument");
  const name = nameOf(filter, "map");
  const further: Arguments = { positional: rest, named: input.named };
  return generator(
    runtime,
    itemsOf(runtime, value).map((item) => runtime.filter(name, item, further)),
  );
};

/** The filters of Jinja2 that go through items one by one, and give a generator. */
export const selectFilters: Builtins = new Map<string, Builtin>([
  ["select", selection("select", false, true)],
  ["reject", selection("reject", false, false)],
  ["selectattr", selection("selectattr", true, true)],
  ["rejectattr", selection("rejectattr", true, false)],
  ["map", map],
]);
