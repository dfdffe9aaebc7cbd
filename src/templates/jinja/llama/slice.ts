import { whole } from "../arguments.ts";
import { Failure, type Runtime } from "../runtime.ts";
import { taken } from "../slice.ts";
import { Text } from "../text.ts";
import { lengthOf } from "../text-units.ts";
import { llamaType } from "../type-names.ts";
import { List, Num, type Value } from "../values.ts";

/** `object[start:stop:step]`: of strings, in bytes, and of lists. */
export function llamaSlice(
  runtime: Runtime,
  object: Value,
  start: Value | undefined,
  stop: Value | undefined,
  step: Value | undefined,
): Value {
  const by = bound(step, 1);
  const length =
    object instanceof Text ? lengthOf(runtime, object.value) : object instanceof List ? object.items.length : 0;
  // Only the start has to be an integer.
  if (typeof start === "boolean" || (start instanceof Num && start.isFloat))
    throw new Failure(`slice begins at an Integer, not at a ${llamaType(start)}`);
  const from = bound(start, by < 0 ? length - 1 : 0);
  const to = bound(stop, by < 0 ? -1 : length);
  if (by === 0) throw new Failure("slice step cannot be zero");
  const sliced = taken(runtime, object, () => bounds(length, from, to, by));
  if (sliced === undefined) throw new Failure(`Unknown (built-in) filter 'slice' for type ${llamaType(object)}`);
  return sliced;
}

/** A number, its fraction cut off. */
function bound(value: Value | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  return value instanceof Num ? Math.trunc(Number(value.value)) : whole("slice", value, otherwise);
}

/** Going backwards, a stop of -1 is the place before the first item, not the last item. */
function bounds(length: number, start: number, stop: number, step: number) {
  const clip = (index: number, lowest: number, highest: number) =>
    index < 0 ? Math.max(length + index, lowest) : Math.min(index, highest);
  if (step > 0) return { start: clip(start, 0, length), stop: clip(stop, 0, length), step };
  const from = start < 0 ? Math.max(length + start, 0) : Math.min(start, length - 1);
  const to = stop < -1 ? Math.max(length + stop, -1) : Math.min(stop, length - 1);
  return { start: from, stop: to, step };
}
