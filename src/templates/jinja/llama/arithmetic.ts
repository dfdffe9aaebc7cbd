import type { BinaryOperator } from "../ast.ts";
import { float } from "../number-text.ts";
import { asText } from "../print.ts";
import { Failure, type Runtime } from "../runtime.ts";
import { isInteger } from "../scalars.ts";
import { Text } from "../text.ts";
import { append, repeat } from "../text-edit.ts";
import { llamaType } from "../type-names.ts";
import { List, Num, Undefined, type Value } from "../values.ts";
import { doubleOf, refuseNothing } from "./compare.ts";

/**
 * llama.cpp's operators (`binary_expression`): numbers are calculated as doubles, none and undefined join a string as nothing, and what
 * is left is unknown. It has neither `//` nor `**`.
 */
export function llamaArithmetic(runtime: Runtime, operator: BinaryOperator, a: Value, b: Value): Value {
  const isNothing = (value: Value) => value === null || value instanceof Undefined;
  const joins = operator === "+" || operator === "~";
  if (joins && a instanceof Text && isNothing(b)) return a;
  if (joins && b instanceof Text && isNothing(a)) return b;
  refuseNothing(operator, a, b);
  if (a instanceof Num && b instanceof Num) {
    const result = CALCULATIONS[operator]?.(doubleOf(a), doubleOf(b));
    if (result !== undefined) return a.isFloat || b.isFloat || operator === "/" ? float(result) : truncated(result);
  }
  if (operator === "+" && a instanceof List && b instanceof List) {
    runtime.meter.list(a.items.length + b.items.length);
    return new List([...a.items, ...b.items]);
  }
  if (joins && (a instanceof Text || b instanceof Text)) return append(runtime, asText(runtime, a), asText(runtime, b));
  if (operator === "*") {
    if (a instanceof Text && isInteger(b)) return repeat(runtime, a, Number(b.value));
    if (b instanceof Text && isInteger(a)) return repeat(runtime, b, Number(a.value));
  }
  throw new Failure(`Unknown operator "${operator}" between ${llamaType(a)} and ${llamaType(b)}`);
}

const CALCULATIONS: Readonly<Partial<Record<BinaryOperator, (a: number, b: number) => number>>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
};

/** Casts as C does on x86-64: what does not fit is the lowest number. */
function truncated(value: number): Num {
  const near = Math.trunc(value);
  // Adding zero takes the sign off a negative one.
  if (Number.isSafeInteger(near)) return new Num(near + 0, false);
  const fits = Math.abs(value) < 2 ** 63;
  return new Num(fits ? BigInt(near) : -(2n ** 63n), false);
}

export function llamaNegate(value: Value): Value {
  if (!(value instanceof Num)) throw new Failure("Unary - operator requires numeric operand");
  if (value.isFloat) return float(-Number(value.value));
  return new Num(typeof value.value === "bigint" ? -value.value : value.value === 0 ? 0 : -value.value, false);
}

export function llamaPositive(value: Value): Num {
  if (value instanceof Num) return value;
  throw new Failure("Unary + operator requires numeric operand");
}
