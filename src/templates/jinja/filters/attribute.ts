import { itemOf } from "../access.ts";
import { integer } from "../number-text.ts";
import { Failure, type Runtime } from "../runtime.ts";
import { Text } from "../text.ts";
import { lower } from "../text-case.ts";
import { split } from "../text-edit.ts";
import { Undefined, type Value } from "../values.ts";

/** Reads from an item what `attribute=` names: `"function.name"` in steps, whole numbers as indexes. */
export function attributeGetter(
  attribute: Value | undefined,
  otherwise?: Value,
): (runtime: Runtime, item: Value) => Value {
  if (attribute === undefined || attribute === null) return (_, item) => item;
  return (runtime, item) => {
    let value = item;
    for (const part of parts(runtime, attribute)) {
      runtime.meter.step();
      if (value instanceof Undefined) throw new Failure(`'${value.name}' is undefined`);
      value = itemOf(runtime, value, part);
      if (value instanceof Undefined && otherwise !== undefined && otherwise !== null) value = otherwise;
    }
    return value;
  };
}

function parts(runtime: Runtime, attribute: Value): Value[] {
  if (!(attribute instanceof Text)) return [attribute];
  return split(runtime, attribute, ".").map((part) => (/^\d+$/.test(part.value) ? integer(Number(part.value)) : part));
}

/** Several attributes, with commas between them, as `sort` and `groupby` take them. */
export function attributesGetter(attribute: Value | undefined): (runtime: Runtime, item: Value) => Value[] {
  if (!(attribute instanceof Text)) {
    const one = attributeGetter(attribute);
    return (runtime, item) => [one(runtime, item)];
  }
  const getters = attribute.value.split(",").map((name) => attributeGetter(new Text(name)));
  return (runtime, item) => getters.map((getter) => getter(runtime, item));
}

/** Strings without regard to capitals, other values as they are. */
export function folded(runtime: Runtime, value: Value): Value {
  return value instanceof Text ? lower(runtime, value) : value;
}
