import type { BinaryOperator } from "./ast.ts";
import { percentFormat } from "./format/percent.ts";
import { llamaArithmetic, llamaNegate, llamaPositive } from "./llama/arithmetic.ts";
import { escapeMarkup } from "./markup.ts";
import { float, integer } from "./number-text.ts";
import { asText } from "./print.ts";
import { Failure, type Runtime } from "./runtime.ts";
import { numeric } from "./scalars.ts";
import { Markup, Text } from "./text.ts";
import { append, repeat } from "./text-edit.ts";
import { typeName } from "./type-names.ts";
import { List, type Num, Undefined, type Value } from "./values.ts";

/** `a operator b`. Throws `Failure` where the mode has no such operation, as for a string and a list. */
export function arithmetic(runtime: Runtime, operator: BinaryOperator, a: Value, b: Value): Value {
  if (runtime.mode === "llama.cpp") return llamaArithmetic(runtime, operator, a, b);
  if (operator === "~") return append(runtime, asText(runtime, a), asText(runtime, b));
  if (operator === "%" && a instanceof Text) return percentFormat(runtime, a, b);
  for (const value of [a, b]) {
    if (value instanceof Undefined) throw new Failure(`'${value.name}' is undefined`);
  }
  const left = numeric(a);
  const right = numeric(b);
  if (left !== undefined && right !== undefined)
    return calculate(runtime, operator, left, right, isFloat(a) || isFloat(b));
  if (operator === "+") return added(runtime, a, b);
  if (operator === "*") {
    if (left !== undefined && !isFloat(a)) return repeated(runtime, b, Number(left)) ?? refuse(operator, a, b);
    if (right !== undefined && !isFloat(b)) return repeated(runtime, a, Number(right)) ?? refuse(operator, a, b);
  }
  return refuse(operator, a, b);
}

/** `-a`. Throws `Failure` where the value is no number. */
export function negate(runtime: Runtime, a: Value): Value {
  if (runtime.mode === "llama.cpp") return llamaNegate(a);
  const value = signable("-", a);
  return isFloat(a) ? float(-Number(value)) : integer(typeof value === "bigint" ? -value : value === 0 ? 0 : -value);
}

/** `+a`: a number stays what it is, Python's booleans become one. Throws `Failure` for all else. */
export function positive(runtime: Runtime, a: Value): Value {
  if (runtime.mode === "llama.cpp") return llamaPositive(a);
  const value = signable("+", a);
  return typeof a === "boolean" ? integer(value) : a;
}

function signable(sign: string, a: Value): number | bigint {
  if (a instanceof Undefined) throw new Failure(`'${a.name}' is undefined`);
  const value = numeric(a);
  if (value === undefined) throw new Failure(`bad operand type for unary ${sign}: '${typeName(a)}'`);
  return value;
}

function added(runtime: Runtime, a: Value, b: Value): Value {
  if (a instanceof Text && b instanceof Text) {
    if (!(a instanceof Markup || b instanceof Markup)) return append(runtime, a, b);
    const { value, source } = append(runtime, escapeMarkup(runtime, a), escapeMarkup(runtime, b));
    return new Markup(value, source);
  }
  if (a instanceof List && b instanceof List && a.kind === b.kind && (a.kind === "list" || a.kind === "tuple")) {
    runtime.meter.list(a.items.length + b.items.length);
    return new List([...a.items, ...b.items], a.kind);
  }
  if (a instanceof Text || a instanceof List) {
    const name = typeName(a);
    throw new Failure(`can only concatenate ${name} (not "${typeName(b)}") to ${name}`);
  }
  return refuse("+", a, b);
}

function repeated(runtime: Runtime, value: Value, times: number): Value | undefined {
  if (value instanceof Text) return repeat(runtime, value, times);
  if (!(value instanceof List) || (value.kind !== "list" && value.kind !== "tuple")) return undefined;
  const count = Math.max(0, times);
  runtime.meter.list(value.items.length * count);
  return new List(Array.from({ length: value.items.length === 0 ? 0 : count }, () => value.items).flat(), value.kind);
}

/** Integers are calculated without loss; Python's `//` and `%` round towards negative infinity. */
function calculate(
  runtime: Runtime,
  operator: BinaryOperator,
  left: number | bigint,
  right: number | bigint,
  inFloats: boolean,
): Num {
  if (operator === "/") {
    if (Number(right) === 0) throw new Failure("division by zero");
    return float(Number(left) / Number(right));
  }
  if (operator === "**" && !inFloats && right >= 0) return power(runtime, BigInt(left), BigInt(right));
  return inFloats || operator === "**"
    ? floats(operator, Number(left), Number(right))
    : integers(runtime, operator, BigInt(left), BigInt(right));
}

function floats(operator: BinaryOperator, a: number, b: number): Num {
  if (operator === "+") return float(a + b);
  if (operator === "-") return float(a - b);
  if (operator === "*") return float(a * b);
  if (operator === "**") {
    if (a === 0 && b < 0) throw new Failure("0.0 cannot be raised to a negative power");
    return float(a ** b);
  }
  if (b === 0) throw new Failure("float floor division by zero");
  const rest = a % b;
  const remainder = rest === 0 ? Math.sign(b) * 0 : rest < 0 !== b < 0 ? rest + b : rest;
  return float(operator === "%" ? remainder : Math.floor((a - remainder) / b + 0.5));
}

function integers(runtime: Runtime, operator: BinaryOperator, a: bigint, b: bigint): Num {
  if (operator === "+") return integer(a + b);
  if (operator === "-") return integer(a - b);
  if (operator === "*") {
    runtime.meter.string(digits(a) + digits(b));
    return integer(a * b);
  }
  if (b === 0n) throw new Failure("integer division or modulo by zero");
  const rest = a % b;
  const remainder = rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
  return integer(operator === "%" ? remainder : (a - remainder) / b);
}

/** The longest integer that is calculated, in bits; Python itself refuses to print more than 4300 digits. */
const MAX_BITS = 1 << 16;

function power(runtime: Runtime, base: bigint, exponent: bigint): Num {
  const bits = BigInt(base.toString(2).length) * exponent;
  runtime.meter.step(exponent > 1000n ? 1000 : 1);
  if (base !== 0n && base !== 1n && base !== -1n && bits > MAX_BITS) throw tooLong("**");
  return integer(base ** (exponent > MAX_BITS ? exponent % 2n : exponent));
}

const digits = (value: bigint) => {
  const length = value.toString(16).length;
  if (length * 4 > MAX_BITS) throw tooLong("*");
  return length;
};

const tooLong = (operator: string) =>
  new Failure(`${operator} gives a number that is too long (halter's own limit)`, { limited: true });

function isFloat(value: Value): boolean {
  return typeof value === "object" && value !== null && "isFloat" in value && value.isFloat;
}

function refuse(operator: string, a: Value, b: Value): never {
  throw new Failure(`unsupported operand type(s) for ${operator}: '${typeName(a)}' and '${typeName(b)}'`);
}
