/** A number read from JSON text, with what its own text said that a JavaScript number cannot hold. */
export class Numeral {
  readonly value: number;
  /** True where the text had a fraction or an exponent. */
  readonly isFloat: boolean;
  /** As llama-server writes it back: integers digit by digit, others with six significant digits. */
  readonly text: string;
  /** The number as it stood in the JSON. */
  readonly source: string;

  constructor(source: string) {
    this.source = source;
    const digits = /^-?\d+$/.test(source) ? BigInt(source) : undefined;
    const isInteger = digits !== undefined && digits >= -(2n ** 63n) && digits < 2n ** 64n;
    this.value = Number(source);
    this.isFloat = !isInteger;
    // Its integers are signed; larger unsigned ones wrap around.
    this.text = isInteger ? String(BigInt.asIntN(64, digits)) : shortest(this.value);
  }
}

/** C's `%g`: six significant digits without zeros at the end, an exponent of two digits or more outside 1e-4 … 1e6. */
export function shortest(value: number): string {
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [mantissa = "", exponentText = "0"] = value.toExponential(5).split("e");
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return trimZeros(value.toFixed(5 - exponent));
  const sign = exponent < 0 ? "-" : "+";
  return `${trimZeros(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/** How a number that is no integer appears where a template prints it directly: six decimals, at least one kept. */
export function fixed(value: number): string {
  if (Math.abs(value) >= 1e21) return `${BigInt(value)}.0`;
  const text = trimZeros(value.toFixed(6));
  return text.includes(".") ? text : `${text}.0`;
}

function trimZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
