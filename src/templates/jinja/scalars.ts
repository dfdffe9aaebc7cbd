import type { Runtime } from "./runtime.ts";
import type { Text } from "./text.ts";
import { Num, type Value } from "./values.ts";

/** The order of code points, which is also that of UTF-8 bytes. */
export function compareStrings({ meter }: Runtime, a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  meter.step(length / 16);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left === right) continue;
    const high = (code: number) => (code >= 0xd800 && code < 0xe000 ? code + 0x10000 : code);
    return high(left) - high(right);
  }
  return a.length - b.length;
}

/** Whether two texts have the same characters. */
export function sameText({ meter }: Runtime, { value: a }: Text, { value: b }: Text): boolean {
  if (a.length !== b.length) return false;
  meter.step(a.length / 64);
  return a === b;
}

/** Whether two numbers are the same, of whatever kind they are; NaN is never. */
export function sameNumber(a: number | bigint, b: number | bigint): boolean {
  return a <= b && a >= b;
}

/** Numbers and, as in Python, booleans; undefined for the rest. */
export function numeric(value: Value): number | bigint | undefined {
  if (value instanceof Num) return value.value;
  return typeof value === "boolean" ? Number(value) : undefined;
}

/** Whether a value is of the type integer; `1.0` and booleans are none. */
export function isInteger(value: Value | undefined): value is Num {
  return value instanceof Num && !value.isFloat;
}
