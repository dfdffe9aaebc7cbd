import { keyOf } from "../keys.ts";
import { Failure, type Runtime } from "../runtime.ts";
import { compareStrings, numeric, sameNumber, sameText } from "../scalars.ts";
import { Text } from "../text.ts";
import { llamaType } from "../type-names.ts";
import { Callable, Dict, List, Namespace, Num, Undefined, type Value } from "../values.ts";
import { llamaText } from "./text.ts";

/** Truth of what is neither a scalar, a string, a list nor a mapping. Functions have none (`value_t::as_bool`). */
export function llamaIsTrue(value: Value): boolean {
  if (value instanceof Callable) throw new Failure("Function is not a bool value");
  return !(value instanceof Namespace) || value.values.size > 0;
}

/** `==`: lists and mappings are equal only where everything in them is hashable and immutable (`value_array_t::equivalent`). */
export function llamaEqual(runtime: Runtime, a: Value, b: Value): boolean {
  const left = numeric(a);
  const right = numeric(b);
  if (left !== undefined && right !== undefined) return sameNumber(left, right);
  if (a instanceof Text && b instanceof Text) return sameText(runtime, a, b);
  if (a instanceof Undefined || b instanceof Undefined) return a instanceof Undefined && b instanceof Undefined;
  runtime.meter.step();
  if (a instanceof List && b instanceof List) {
    if (llamaType(a) !== llamaType(b) || a.items.length !== b.items.length) return false;
    if (!isPlain(runtime, a.items) || !isPlain(runtime, b.items)) return false;
    return a.items.every((item, index) => llamaEqual(runtime, item, b.items[index]!));
  }
  if (a instanceof Dict && b instanceof Dict) {
    const others = [...b.entries.values()];
    const entries = [...a.entries.values()];
    if (entries.length !== others.length) return false;
    runtime.meter.step(entries.length);
    if (
      !isPlain(
        runtime,
        [...entries, ...others].map(({ value }) => value),
      )
    )
      return false;
    return entries.every(({ key, value }, index) => {
      const other = others[index]!;
      return llamaEqual(runtime, key, other.key) && llamaEqual(runtime, value, other.value);
    });
  }
  return a === b;
}

/** Whether all are hashable and immutable: scalars, strings, and tuples of such. */
function isPlain(runtime: Runtime, values: readonly Value[]): boolean {
  runtime.meter.step();
  runtime.meter.list(values.length);
  return values.every((value) => {
    if (value instanceof List) return value.kind === "tuple" && isPlain(runtime, value.items);
    return value === null || typeof value === "boolean" || value instanceof Text || value instanceof Num;
  });
}

/** `<` and its like are for numbers alone (`binary_expression`). */
export function llamaOrdered(a: Value, b: Value): number {
  if (a instanceof Num && b instanceof Num) return difference(a, b);
  refuseNothing("<", a, b);
  throw new Failure(`Unknown operator "<" between ${llamaType(a)} and ${llamaType(b)}`);
}

/** A number as the double that it is calculated with: infinite for an integer that no double is (`value_int_t`). */
export function doubleOf({ value }: Num): number {
  const double = Number(value);
  if (typeof value === "number" || BigInt(double) === value) return double;
  return value < 0n ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function difference(a: Num, b: Num): number {
  const [left, right] = [doubleOf(a), doubleOf(b)];
  return left === right ? 0 : left - right;
}

/** The order that `sort`, `min` and the tests `lt`, `ge` use; undefined where there is none (`value_compare`). */
export function llamaRank(runtime: Runtime, a: Value, b: Value): number | undefined {
  if (a instanceof Num && b instanceof Num) return difference(a, b);
  const comparable = (value: Value) => value instanceof Num || value instanceof Text;
  if (comparable(a) && comparable(b)) return compareStrings(runtime, llamaText(a).value, llamaText(b).value);
  return undefined;
}

/** `item in container` as an operator: undefined is refused on the left, and none too where the container is no list. */
export function llamaContains(runtime: Runtime, container: Value, item: Value): boolean {
  if (container instanceof Undefined) return false;
  if (!(container instanceof List && item === null)) refuseNothing("in", item, container);
  if (container instanceof List && item instanceof List) {
    throw new Failure(`Unknown operator "in" between ${llamaType(item)} and ${llamaType(container)}`);
  }
  return llamaTestIn(runtime, container, item);
}

/** `item is in(container)`. */
export function llamaTestIn(runtime: Runtime, container: Value, item: Value): boolean {
  if (container instanceof Undefined) return false;
  if (container instanceof List) {
    runtime.meter.step(container.items.length);
    return container.items.some((other) => llamaEqual(runtime, item, other));
  }
  if (container instanceof Text) {
    if (item instanceof Text) {
      runtime.meter.search(container.value.length, item.value.length);
      return container.value.includes(item.value);
    }
    throw new Failure(`'in' test expects a string in a string, got ${llamaType(item)}`);
  }
  if (container instanceof Dict) return container.entries.has(keyOf(item));
  if (container instanceof Namespace) return item instanceof Text && container.values.has(item.value);
  throw new Failure(`'in' test expects iterable as first argument, got ${llamaType(container)}`);
}

/** Throws where an operand is none or undefined, in the engine's order. */
export function refuseNothing(operator: string, a: Value, b: Value): void {
  if (a instanceof Undefined || b instanceof Undefined) {
    throw new Failure(`Cannot perform operation ${operator} on undefined values`);
  }
  if (a === null || b === null) throw new Failure("Cannot perform operation on null values");
}
