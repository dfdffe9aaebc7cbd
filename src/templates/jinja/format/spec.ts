import { pythonFloat } from "../number-text.ts";
import { asText } from "../print.ts";
import { Failure, type Runtime } from "../runtime.ts";
import { numeric } from "../scalars.ts";
import { concat, Text } from "../text.ts";
import { repeat } from "../text-edit.ts";
import { lengthOf, sliceUnits } from "../text-units.ts";
import { typeName } from "../type-names.ts";
import { Num, type Value } from "../values.ts";

/** How one value is laid out, of `'%-8.2f'` as of `'{:<8.2f}'`. */
export interface Layout {
  readonly align: "<" | ">" | "^" | "=";
  readonly fill: string;
  /** "-" shows a sign only where it is negative. */
  readonly sign: "+" | "-" | " ";
  /** `0x` before hexadecimal numbers. */
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: "" | "," | "_";
  readonly precision: number | undefined;
  /** The letter of the conversion; "" for the one that suits the type. */
  readonly type: string;
}

/** Python's limit of digits, well above what a double has. */
const MAX_PRECISION = 100;

/** A number by its layout. Throws `Failure` for a letter that numbers do not have. */
export function formatNumber(runtime: Runtime, number: Num, layout: Layout): Text {
  const { type, precision = 6, sign } = layout;
  if (precision > MAX_PRECISION) throw new Failure("precision too big");
  const isFloat = number.isFloat || (type !== "" && "eEfFgG%".includes(type));
  const negative = number.value < 0 || Object.is(number.value, -0);
  const digits = isFloat ? floatDigits(Math.abs(Number(number.value)), layout) : integerDigits(number, layout);
  const before = negative ? "-" : sign === "-" ? "" : sign;
  return aligned(
    runtime,
    new Text(before, number.origin),
    new Text(grouped(digits, layout.grouping), number.origin),
    layout,
  );
}

/** A string by its layout: cut to its precision, then filled to its width. */
export function formatText(runtime: Runtime, text: Text, layout: Layout): Text {
  const { precision } = layout;
  const cut = precision === undefined ? text : sliceUnits(runtime, text, 0, precision);
  return aligned(runtime, undefined, cut, layout);
}

/** Any value, as `format(value, spec)` does: numbers as numbers, strings as strings, the rest only without a layout. */
export function formatValue(runtime: Runtime, value: Value, spec: string): Text {
  if (spec === "") return asText(runtime, value);
  if (value instanceof Text) return formatText(runtime, value, parseSpec(spec, "<"));
  const number =
    value instanceof Num ? value : numeric(value) === undefined ? undefined : new Num(Number(value), false);
  if (number === undefined) throw new Failure(`unsupported format string passed to ${typeName(value)}.__format__`);
  return formatNumber(runtime, number, parseSpec(spec, ">"));
}

const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su;

function parseSpec(spec: string, align: "<" | ">"): Layout {
  const match = SPEC.exec(spec);
  if (!match) throw new Failure(`Invalid format specifier '${spec}'`);
  const [, fill, aligned, sign, alternate, zero, width, grouping, precision, type] = match;
  return {
    align: (aligned ?? (zero ? "=" : align)) as Layout["align"],
    fill: fill ?? (zero ? "0" : " "),
    sign: (sign ?? "-") as Layout["sign"],
    alternate: alternate !== undefined,
    width: Number(width ?? 0),
    grouping: (grouping ?? "") as Layout["grouping"],
    precision: precision === undefined ? undefined : Number(precision),
    type: type === "s" ? "" : (type ?? ""),
  };
}

function aligned(runtime: Runtime, sign: Text | undefined, text: Text, layout: Layout): Text {
  const { align, fill, width } = layout;
  const missing = width - lengthOf(runtime, text.value) - (sign?.value.length ?? 0);
  const whole = sign ? concat([sign, text]) : text;
  if (missing <= 0) return whole;
  const filling = (length: number) => repeat(runtime, new Text(fill), length);
  if (align === "=" && sign) return concat([sign, filling(missing), text]);
  const left = align === ">" || align === "=" ? missing : align === "^" ? Math.floor(missing / 2) : 0;
  return concat([filling(left), whole, filling(missing - left)]);
}

const BASES: Readonly<Record<string, readonly [radix: number, prefix: string]>> = {
  b: [2, "0b"],
  o: [8, "0o"],
  x: [16, "0x"],
  X: [16, "0X"],
};

function integerDigits(number: Num, { type, alternate }: Layout): string {
  const value = BigInt(number.value);
  const size = value < 0n ? -value : value;
  if (type === "c") return String.fromCodePoint(Math.min(Number(size), 0x10ffff));
  const base = BASES[type];
  if (!base) {
    if (type === "" || type === "d" || type === "n" || type === "i" || type === "u") return String(size);
    throw new Failure(`Unknown format code '${type}' for object of type 'int'`);
  }
  const digits = size.toString(base[0]);
  return (alternate ? base[1] : "") + (type === "X" ? digits.toUpperCase() : digits);
}

function floatDigits(value: number, { type, precision }: Layout): string {
  if (!Number.isFinite(value)) return /[EFG]/.test(type) ? pythonFloat(value).toUpperCase() : pythonFloat(value);
  if (type === "" && precision === undefined) return pythonFloat(value);
  const places = precision ?? 6;
  if (type === "f" || type === "F") return fixedPoint(value, places);
  if (type === "%") return `${fixedPoint(value * 100, places)}%`;
  if (type === "e" || type === "E") return exponential(value, places, type);
  if (type === "g" || type === "G" || type === "n" || type === "") return general(value, places || 1, type);
  throw new Failure(`Unknown format code '${type}' for object of type 'float'`);
}

/** `toFixed` has digits up to 1e21 only; whole doubles are exact. */
function fixedPoint(value: number, places: number): string {
  if (value < 1e21) return value.toFixed(places);
  return BigInt(value).toString() + (places > 0 ? `.${"0".repeat(places)}` : "");
}

function exponential(value: number, places: number, letter: string): string {
  const [mantissa = "", exponent = "0"] = value.toExponential(places).split("e");
  const power = Number(exponent);
  return `${mantissa}${letter}${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

function general(value: number, places: number, type: string): string {
  const exponent = value === 0 ? 0 : Number(value.toExponential(places - 1).split("e")[1]);
  const trimmed = (text: string) => (text.includes(".") ? text.replace(/\.?0+(?=e|E|$)/, "") : text);
  if (exponent < -4 || exponent >= places) return trimmed(exponential(value, places - 1, type === "G" ? "E" : "e"));
  const text = trimmed(value.toFixed(Math.max(0, places - 1 - exponent)));
  return type === "" && !text.includes(".") ? `${text}.0` : text;
}

function grouped(digits: string, separator: Layout["grouping"]): string {
  if (separator === "") return digits;
  const [, whole = "", rest = ""] = /^(\d*)(.*)$/s.exec(digits) ?? [];
  return whole.replace(/\B(?=(\d{3})+$)/g, separator) + rest;
}
