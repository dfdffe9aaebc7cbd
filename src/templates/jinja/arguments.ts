import { Failure } from "./runtime.ts";
import { isInteger } from "./scalars.ts";
import { Text } from "./text.ts";
import { typeName } from "./type-names.ts";
import type { Arguments, Value } from "./values.ts";

/** A call without arguments. */
export const NO_ARGUMENTS: Arguments = { positional: [], named: new Map() };

/** Arguments without names. */
export const positional = (...values: Value[]): Arguments => ({ positional: values, named: new Map() });

/** Arguments by the names of the parameters; throws `Failure` for one too many, one unknown, or one of the first `least` missing. */
export function bind(callee: string, input: Arguments, names: readonly string[], least = 0): (Value | undefined)[] {
  if (input.positional.length > names.length) {
    throw new Failure(`${callee}() takes at most ${names.length} arguments (${input.positional.length} given)`);
  }
  for (const name of input.named.keys()) {
    const index = names.indexOf(name);
    if (index < 0) throw new Failure(`${callee}() got an unexpected keyword argument '${name}'`);
    if (index < input.positional.length) throw new Failure(`${callee}() got multiple values for argument '${name}'`);
  }
  const values = names.map((name, index) => input.positional[index] ?? given(input, index, name));
  const missing = values.findIndex((value, index) => value === undefined && index < least);
  if (missing >= 0) throw new Failure(`${callee}() is missing the argument '${names[missing]}'`);
  return values;
}

function given(input: Arguments, index: number, name: string): Value | undefined {
  // None is a value: `null` in a place given is not a missing one.
  return index < input.positional.length ? input.positional[index] : input.named.get(name);
}

/** A whole number as a JavaScript number; `otherwise` where it is not given. Python counts booleans as numbers. */
export function whole(callee: string, value: Value | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (isInteger(value)) return Number(value.value);
  throw new Failure(`${callee}: '${typeName(value)}' object cannot be interpreted as an integer`);
}

/** A string; throws `Failure` for any other type. */
export function textual(callee: string, value: Value | undefined): Text {
  if (value instanceof Text) return value;
  throw new Failure(`${callee}: must be str, not ${value === undefined ? "nothing" : typeName(value)}`);
}
