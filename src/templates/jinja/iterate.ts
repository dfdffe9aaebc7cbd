import { quirksOf } from "./quirks.ts";
import { Failure, type Runtime } from "./runtime.ts";
import { Text } from "./text.ts";
import { characters } from "./text-units.ts";
import { llamaType, typeName } from "./type-names.ts";
import { Dict, List, Undefined, type Value } from "./values.ts";

/**
 * What a `for` goes through. A generator is empty afterwards. llama.cpp's loops take lists and mappings only. Throws `Failure` for
 * values without items.
 */
export function iterate(runtime: Runtime, value: Value): readonly Value[] {
  if (value instanceof List) {
    runtime.meter.step(value.items.length);
    return drained(value);
  }
  if (value instanceof Undefined) return [];
  if (value instanceof Dict) {
    runtime.meter.list(value.entries.size);
    return Array.from(value.entries.values(), ({ key }) => key);
  }
  const { textHasItems } = quirksOf(runtime);
  if (!textHasItems) throw new Failure(`Expected iterable or object type in for loop: got ${llamaType(value)}`);
  if (value instanceof Text) {
    runtime.meter.list(value.value.length);
    return characters(value);
  }
  throw new Failure(`'${typeName(value)}' object is not iterable`);
}

/** The items of a list; a generator is empty afterwards. */
export function drained({ kind, items }: List): Value[] {
  return kind === "generator" ? items.splice(0) : items;
}
