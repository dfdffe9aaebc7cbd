import { fixed, shortest } from "../numbers.ts";
import { quirksOf } from "./quirks.ts";
import type { Runtime } from "./runtime.ts";
import { Num } from "./values.ts";

/** An integer; kept as a JavaScript number as long as that is exact. */
export function integer(value: number | bigint): Num {
  if (typeof value === "number") return new Num(Number.isSafeInteger(value) ? value : BigInt(value), false);
  const small = Number(value);
  return new Num(Number.isSafeInteger(small) ? small : value, false);
}

export function float(value: number): Num {
  return new Num(value, true);
}

/** A number as `str` or `{{ x }}` writes it. */
export function numberText(runtime: Runtime, number: Num): string {
  if (!number.isFloat) return integerText(runtime, number.value);
  return quirksOf(runtime).floats === "c" ? cFloat(Number(number.value)) : pythonFloat(Number(number.value));
}

/** A number as `tojson` writes it. */
export function numberJson(runtime: Runtime, number: Num): string {
  if (!number.isFloat) return integerText(runtime, number.value);
  const value = Number(number.value);
  if (quirksOf(runtime).floats === "c") return Number.isFinite(value) ? shortest(value) : cFloat(value);
  if (Number.isNaN(value)) return "NaN";
  return Number.isFinite(value) ? pythonFloat(value) : value > 0 ? "Infinity" : "-Infinity";
}

/** A float as C's `%f` writes it, without the zeros at its end. */
export function cFloat(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? "-0.0" : fixed(value);
  return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

function integerText(runtime: Runtime, value: number | bigint): string {
  if (typeof value === "number" || quirksOf(runtime).integers === "any length") return String(value);
  return String(BigInt.asIntN(64, value));
}

/** Python's `repr` of a float: the shortest digits that read back the same, an exponent outside 1e-4 … 1e16. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const [mantissa = "", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  const text = String(value);
  return text.includes(".") ? text : `${text}.0`;
}
