import { whole } from "../arguments.ts";
import { Failure } from "../runtime.ts";
import { isInteger } from "../scalars.ts";
import { Text } from "../text.ts";
import { llamaType } from "../type-names.ts";
import { type Arguments, Undefined, type Value } from "../values.ts";

/** The argument of that name, else the one at that place (0 is the first after the subject). */
export function argument(input: Arguments, name: string, place: number): Value | undefined {
  const named = input.named.get(name);
  const value = named === undefined || named instanceof Undefined ? input.positional[place] : named;
  return value instanceof Undefined ? undefined : value;
}

/** Throws unless the call has between `least` and `most` arguments, named ones included. */
export function count(callee: string, input: Arguments, least: number, most: number): void {
  const given = input.positional.length + input.named.size;
  if (given >= least && given <= most) return;
  throw new Failure(`Function '${callee}' expected between ${least + 1} and ${most + 1} arguments, got ${given + 1}`);
}

/** A string; throws `Failure` for anything else. */
export function text(callee: string, value: Value | undefined): Text {
  if (value instanceof Text) return value;
  throw new Failure(
    `Function '${callee}' expected a string, got ${value === undefined ? "nothing" : llamaType(value)}`,
  );
}

/** What `attribute=` may be: a key of mappings or an index of lists. */
export function attribute(callee: string, value: Value | undefined): Text | number | undefined {
  if (value === undefined || value instanceof Text) return value;
  if (isInteger(value)) return whole(callee, value, 0);
  throw new Failure(`${callee}: attribute must be string or integer`);
}
