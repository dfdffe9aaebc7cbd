import { cFloat } from "../number-text.ts";
import { Failure } from "../runtime.ts";
import { Text } from "../text.ts";
import { llamaType } from "../type-names.ts";
import { Num, type Value } from "../values.ts";

/** A scalar as `as_string` writes it. */
export function llamaText(value: Value): Text {
  if (value instanceof Text) return value;
  if (value === null) return new Text("None");
  if (typeof value === "boolean") return new Text(value ? "True" : "False");
  if (!(value instanceof Num)) throw new Failure(`${llamaType(value)} is not a string value`);
  const digits = value.isFloat ? cFloat(Number(value.value)) : String(BigInt.asIntN(64, BigInt(value.value)));
  return new Text(digits, value.origin);
}
