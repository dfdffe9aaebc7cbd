import { bind, textual, whole } from "../arguments.ts";
import type { Builtin, Builtins } from "../builtin.ts";
import { isTrue } from "../compare.ts";
import { float, integer } from "../number-text.ts";
import { Failure, type Runtime } from "../runtime.ts";
import { numeric } from "../scalars.ts";
import { Text } from "../text.ts";
import { typeName } from "../type-names.ts";
import { Num, Undefined, type Value } from "../values.ts";

const INTEGER = /^[+-]?\d+(?:_\d+)*$/;
const FLOAT = /^[+-]?(?:(?:\d+(?:_\d+)*)?\.?\d*(?:_\d+)*(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/i;

/** What `int(value)` makes; undefined where Python raises an error. */
function parseInteger(value: Value, base: number): number | bigint | undefined {
  if (value instanceof Text) return parseDigits(value.value.trim(), base);
  const number = numeric(value);
  if (typeof number !== "number") return number;
  return Number.isFinite(number) ? Math.trunc(number) : undefined;
}

const PREFIXES: Readonly<Record<number, RegExp>> = { 2: /^0b/i, 8: /^0o/i, 16: /^0x/i };
const MAX_DIGITS = 4300;

function parseDigits(text: string, base: number): bigint | undefined {
  if (text.length > MAX_DIGITS) return undefined;
  if (base === 10) return INTEGER.test(text) ? signed(text, (digits) => BigInt(digits)) : undefined;
  return signed(text, (digits) => {
    const detected = base === 0 ? [2, 8, 16].find((radix) => PREFIXES[radix]!.test(digits)) : base;
    const radix = detected ?? 10;
    const bare = digits.replace(PREFIXES[radix] ?? "", "");
    const values = [...bare].map((digit) => Number.parseInt(digit, 36));
    if (values.length === 0 || !values.every((digit) => digit < radix)) return undefined;
    return values.reduce((sum, digit) => sum * BigInt(radix) + BigInt(digit), 0n);
  });
}

function signed(text: string, read: (digits: string) => bigint | undefined): bigint | undefined {
  const size = read(text.replace(/^[+-]/, "").replaceAll("_", ""));
  return size === undefined ? undefined : text.startsWith("-") ? -size : size;
}

function parseFloating(value: Value): number | undefined {
  if (!(value instanceof Text)) {
    const number = numeric(value);
    return number === undefined ? undefined : Number(number);
  }
  if (value.value.length > MAX_DIGITS) return undefined;
  const text = value.value.trim().replaceAll("_", "").toLowerCase();
  if (!/\d|inf|nan/.test(text) || !FLOAT.test(text)) return undefined;
  if (text.includes("inf")) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(text);
}

/** Counts the reading of a text. */
function readText({ meter }: Runtime, value: Value): void {
  if (value instanceof Text) meter.step(value.value.length / 64);
}

function refuseUndefined(value: Value): void {
  if (value instanceof Undefined) throw new Failure(`'${value.name}' is undefined`);
}

const round: Builtin = (_, value, input) => {
  const [places, method = new Text("common")] = bind("round", input, ["precision", "method"]);
  const how = textual("round", method).value;
  const precision = whole("round", places, 0);
  const number = numeric(value);
  if (number === undefined) throw new Failure(`type ${typeName(value)} doesn't define __round__ method`);
  const isFloat = value instanceof Num && value.isFloat;
  if (how === "common") return isFloat ? float(halfEven(Number(number), precision)) : integer(number);
  if (how !== "ceil" && how !== "floor") throw new Failure("method must be common, ceil or floor");
  const factor = 10 ** precision;
  return float(Math[how](Number(number) * factor) / factor);
};

/** Python rounds the exact value of a double; of two equally near, to the even digit. */
function halfEven(value: number, places: number): number {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21 || places > 22) return value;
  if (places < 0) {
    const factor = 10 ** -places;
    return nearestEven(value / factor) * factor;
  }
  if (places === 0) return nearestEven(value);
  // A double that lies in the middle has few digits; all of them are looked at.
  const isTie = /^50*$/.test(
    value
      .toFixed(Math.min(100, places + 60))
      .split(".")[1]!
      .slice(places),
  );
  return isTie ? nearestEven(value * 10 ** places) / 10 ** places : Number(value.toFixed(places));
}

function nearestEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

const UNITS = ["k", "M", "G", "T", "P", "E", "Z", "Y"];

const filesizeformat: Builtin = (runtime, value, input) => {
  const [binary = false] = bind("filesizeformat", input, ["binary"]);
  const isBinary = isTrue(runtime, binary);
  const bytes = parseFloating(value);
  if (bytes === undefined) throw new Failure(`float() argument must be a string or a number, not '${typeName(value)}'`);
  const base = isBinary ? 1024 : 1000;
  if (bytes === 1) return new Text("1 Byte");
  if (bytes < base) return new Text(`${Math.trunc(bytes)} Bytes`);
  const power = Math.min(Math.max(1, exponentOf(bytes, base)), UNITS.length);
  const unit = isBinary ? `${UNITS[power - 1]!.toUpperCase()}iB` : `${UNITS[power - 1]}B`;
  return new Text(`${(bytes / base ** power).toFixed(1)} ${unit}`);
};

function exponentOf(value: number, base: number): number {
  let power = 0;
  for (let rest = value; rest >= base && power < UNITS.length; rest /= base) power++;
  return power;
}

/** The filters of Jinja2 that make numbers. */
export const numberFilters: Builtins = new Map<string, Builtin>([
  [
    "int",
    (runtime, value, input) => {
      const [otherwise = integer(0), base] = bind("int", input, ["default", "base"]);
      readText(runtime, value);
      refuseUndefined(value);
      const direct = parseInteger(value, whole("int", base, 10));
      if (direct !== undefined) return integer(direct);
      const floating = parseFloating(value);
      if (floating === undefined || !Number.isFinite(floating)) return otherwise;
      return integer(Number.isSafeInteger(Math.trunc(floating)) ? Math.trunc(floating) : BigInt(Math.trunc(floating)));
    },
  ],
  [
    "float",
    (runtime, value, input) => {
      const [otherwise = float(0)] = bind("float", input, ["default"]);
      readText(runtime, value);
      refuseUndefined(value);
      const number = parseFloating(value);
      return number === undefined ? otherwise : float(number);
    },
  ],
  [
    "abs",
    (_, value, input) => {
      bind("abs", input, []);
      const number = numeric(value);
      if (number === undefined) throw new Failure(`bad operand type for abs(): '${typeName(value)}'`);
      if (value instanceof Num && value.isFloat) return float(Math.abs(Number(number)));
      return integer(number < 0 ? -number : number);
    },
  ],
  ["round", round],
  ["filesizeformat", filesizeformat],
]);
