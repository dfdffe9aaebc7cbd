import { quirksOf } from "./quirks.ts";
import type { Runtime } from "./runtime.ts";
import { EMPTY, originOf, slices, sliceText, type Text, TextBuilder } from "./text.ts";

/** Characters of which UTF-16 units, code points and bytes of UTF-8 agree. */
const ASCII = /^[\0-\x7f]*$/;
const SURROGATE = /[\ud800-\udfff]/;

/** The string's length as the mode counts it: code points or bytes of UTF-8. */
export function lengthOf(runtime: Runtime, value: string): number {
  if (isPlain(runtime, value)) return value.length;
  let length = 0;
  for (const character of value) length += unitsOf(runtime, character);
  return length;
}

/** Code points, each as its own text: what Python's `for` and `list` make of a string. */
export function characters(text: Text): Text[] {
  const bounds: [number, number][] = [];
  let start = 0;
  for (const { length } of text.value) {
    bounds.push([start, start + length]);
    start += length;
  }
  return slices(text, bounds);
}

/** The characters from unit `start` to before unit `stop`; half a character in bytes becomes U+FFFD. */
export function sliceUnits(runtime: Runtime, text: Text, start: number, stop: number): Text {
  if (stop <= start) return EMPTY;
  if (isPlain(runtime, text.value)) return sliceText(text, start, stop);
  const builder = new TextBuilder();
  const kept: [number, number, boolean][] = [];
  let unit = 0;
  let offset = 0;
  for (const character of text.value) {
    const units = unitsOf(runtime, character);
    if (unit >= stop) break;
    if (unit + units > start) kept.push([offset, offset + character.length, unit >= start && unit + units <= stop]);
    unit += units;
    offset += character.length;
  }
  const pieces = slices(
    text,
    kept.map(([from, to]) => [from, to]),
  );
  for (const [index, piece] of pieces.entries()) {
    if (kept[index]![2]) builder.add(piece);
    else builder.write("\ufffd", originOf(piece));
  }
  return builder.text();
}

/** The number of units before a UTF-16 offset: what `find` and `index` give. */
export function unitAt(runtime: Runtime, value: string, offset: number): number {
  return lengthOf(runtime, value.slice(0, offset));
}

/** The UTF-16 offset of a unit, at most the length. */
export function offsetOf(runtime: Runtime, value: string, unit: number): number {
  if (isPlain(runtime, value)) return Math.min(unit, value.length);
  let units = 0;
  let offset = 0;
  for (const character of value) {
    if (units >= unit) break;
    units += unitsOf(runtime, character);
    offset += character.length;
  }
  return offset;
}

function isPlain(runtime: Runtime, value: string): boolean {
  runtime.meter.step(value.length / 64);
  return quirksOf(runtime).textUnit === "byte" ? ASCII.test(value) : !SURROGATE.test(value);
}

function unitsOf(runtime: Runtime, character: string): number {
  if (quirksOf(runtime).textUnit === "code point") return 1;
  const code = character.codePointAt(0)!;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
