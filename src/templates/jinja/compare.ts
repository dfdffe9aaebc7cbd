import { iterate } from "./iterate.ts";
import { keyOf } from "./keys.ts";
import { llamaContains, llamaEqual, llamaIsTrue, llamaOrdered } from "./llama/compare.ts";
import { Failure, type Runtime } from "./runtime.ts";
import { compareStrings, numeric, sameNumber, sameText } from "./scalars.ts";
import { Text } from "./text.ts";
import { typeName } from "./type-names.ts";
import { Dict, List, Num, Undefined, type Value } from "./values.ts";

/** Whether `{% if value %}` holds. */
export function isTrue(runtime: Runtime, value: Value): boolean {
  if (typeof value === "boolean") return value;
  if (value instanceof Text) return value.length > 0;
  if (value === null || value instanceof Undefined) return false;
  if (value instanceof Num) return Number(value.value) !== 0;
  // A generator does not know whether anything will come.
  if (value instanceof List) return value.items.length > 0 || value.kind === "generator";
  if (value instanceof Dict) return value.entries.size > 0;
  return runtime.mode === "llama.cpp" ? llamaIsTrue(value) : true;
}

/** `a == b`. */
export function equal(runtime: Runtime, a: Value, b: Value): boolean {
  if (a instanceof Text && b instanceof Text) return sameText(runtime, a, b);
  return runtime.mode === "llama.cpp" ? llamaEqual(runtime, a, b) : pythonEqual(runtime, a, b);
}

function pythonEqual(runtime: Runtime, a: Value, b: Value): boolean {
  if (a === b) return true;
  const left = numeric(a);
  const right = numeric(b);
  if (left !== undefined && right !== undefined) return sameNumber(left, right);
  runtime.meter.step();
  if (a instanceof Undefined && b instanceof Undefined) return true;
  if (a instanceof List && b instanceof List) {
    if (a.kind !== b.kind || a.kind === "generator" || a.items.length !== b.items.length) return false;
    runtime.meter.list(a.items.length);
    return a.items.every((item, index) => equal(runtime, item, b.items[index]!));
  }
  if (a instanceof Dict && b instanceof Dict) {
    if (a.entries.size !== b.entries.size) return false;
    runtime.meter.step(a.entries.size);
    for (const [key, { value }] of a.entries) {
      const other = b.entries.get(key);
      if (other === undefined || !equal(runtime, value, other.value)) return false;
    }
    return true;
  }
  return false;
}

/** Below, at or above 0 as `a` is less than, equal to or greater than `b`; NaN where neither. Throws `Failure` where they have no order. */
export function ordered(runtime: Runtime, a: Value, b: Value): number {
  return runtime.mode === "llama.cpp" ? llamaOrdered(a, b) : pythonOrdered(runtime, a, b);
}

function pythonOrdered(runtime: Runtime, a: Value, b: Value): number {
  const left = numeric(a);
  const right = numeric(b);
  if (left !== undefined && right !== undefined) {
    return left < right ? -1 : left > right ? 1 : sameNumber(left, right) ? 0 : Number.NaN;
  }
  if (a instanceof Text && b instanceof Text) return compareStrings(runtime, a.value, b.value);
  if (a instanceof List && b instanceof List && a.kind === b.kind && (a.kind === "list" || a.kind === "tuple")) {
    runtime.meter.step();
    runtime.meter.list(Math.min(a.items.length, b.items.length));
    for (const [index, item] of a.items.entries()) {
      const other = b.items[index];
      if (other === undefined) return 1;
      if (!equal(runtime, item, other)) return ordered(runtime, item, other);
    }
    return a.items.length - b.items.length;
  }
  for (const value of [a, b]) if (value instanceof Undefined) throw new Failure(`'${value.name}' is undefined`);
  throw new Failure(`'<' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

/** `item in container`. Throws `Failure` where the container has no members, or a string is asked for something else. */
export function contains(runtime: Runtime, container: Value, item: Value): boolean {
  if (runtime.mode === "llama.cpp") return llamaContains(runtime, container, item);
  if (container instanceof Text) {
    if (item instanceof Text) {
      runtime.meter.search(container.value.length, item.value.length);
      return container.value.includes(item.value);
    }
    throw new Failure(`'in <string>' requires string as left operand, not ${typeName(item)}`);
  }
  if (container instanceof Dict) return !(item instanceof Undefined) && container.entries.has(keyOf(item));
  runtime.meter.step();
  return iterate(runtime, container).some((other) => equal(runtime, item, other));
}
