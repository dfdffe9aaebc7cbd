import { quirksOf } from "./quirks.ts";
import { Failure, type Runtime } from "./runtime.ts";
import { isInteger } from "./scalars.ts";
import { Range } from "./sequences.ts";
import { concat, EMPTY, Text } from "./text.ts";
import { lengthOf, sliceUnits } from "./text-units.ts";
import { typeName } from "./type-names.ts";
import { List, type Value } from "./values.ts";

/** The indexes that a slice takes of something `length` long. */
interface Bounds {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

/** `value[start:stop:step]` as Python has it. Throws `Failure` for what cannot be sliced. */
export function pythonSlice(runtime: Runtime, value: Value, start: Value, stop: Value, step: Value): Value {
  const by = bound(step) ?? 1;
  if (by === 0) throw new Failure("slice step cannot be zero");
  const [from, to] = [bound(start), bound(stop)];
  const limits = (length: number): Bounds => {
    const clip = (index: number) => {
      const at = index < 0 ? index + length : index;
      return Math.max(by < 0 ? -1 : 0, Math.min(at, by < 0 ? length - 1 : length));
    };
    return {
      start: from === undefined ? (by < 0 ? length - 1 : 0) : clip(from),
      stop: to === undefined ? (by < 0 ? -1 : length) : clip(to),
      step: by,
    };
  };
  const sliced = taken(runtime, value, limits);
  if (sliced === undefined) throw new Failure(`'${typeName(value)}' object is not subscriptable`);
  return sliced;
}

/** The part of a list or string; undefined for other values. `limits` tells the bounds for a length. */
export function taken(runtime: Runtime, value: Value, limits: (length: number) => Bounds): Value | undefined {
  if (value instanceof Text) return slicedText(runtime, value, limits(lengthOf(runtime, value.value)));
  if (!(value instanceof List) || value.kind === "generator" || value.kind === "view") return undefined;
  // What llama.cpp's templates may have changed is a list like others.
  const range = value instanceof Range && !(value.isMade && quirksOf(runtime).mutable) ? value : undefined;
  const bounds = limits(range?.count ?? value.items.length);
  const { start, stop, step } = bounds;
  if (range) return new Range(runtime.meter, range.at(start), range.at(stop), range.step * step);
  runtime.meter.list(count(bounds));
  if (step === 1) return new List(value.items.slice(start, Math.max(start, stop)), value.kind, value.origin);
  runtime.meter.step(count(bounds));
  const items = indexes(bounds).map((index) => value.items[index]!);
  return new List(items, value.kind, value.origin);
}

function slicedText(runtime: Runtime, text: Text, bounds: Bounds): Text {
  runtime.meter.step(1 + text.value.length / 64);
  if (bounds.step === 1) return sliceUnits(runtime, text, bounds.start, bounds.stop);
  runtime.meter.list(count(bounds));
  runtime.meter.step(count(bounds) * (1 + text.value.length / 64));
  const pieces = indexes(bounds).map((index) => sliceUnits(runtime, text, index, index + 1));
  return pieces.length === 0 ? EMPTY : concat(pieces);
}

function count({ start, stop, step }: Bounds): number {
  return Math.max(0, Math.ceil((stop - start) / step));
}

function indexes(bounds: Bounds): number[] {
  return Array.from({ length: count(bounds) }, (_, index) => bounds.start + index * bounds.step);
}

function bound(value: Value): number | undefined {
  if (value === null) return undefined;
  if (typeof value === "boolean") return Number(value);
  if (isInteger(value)) return Number(value.value);
  throw new Failure("slice indices must be integers or None");
}
