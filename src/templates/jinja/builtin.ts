import type { Runtime } from "./runtime.ts";
import type { Arguments, Value } from "./values.ts";

/** A filter applied to `subject`, or a method called on it. */
export type Builtin = (runtime: Runtime, subject: Value, input: Arguments) => Value;

export type Builtins = ReadonlyMap<string, Builtin>;
