import type { Builtin, Builtins } from "../builtin.ts";
import { asText } from "../print.ts";
import { Failure, type Runtime } from "../runtime.ts";
import { Text } from "../text.ts";
import { type LlamaType, llamaType } from "../type-names.ts";
import { type Arguments, Callable, Host, Undefined, type Value } from "../values.ts";
import { arrayBuiltins } from "./array.ts";
import { objectBuiltins } from "./object.ts";
import { booleanBuiltins, floatBuiltins, integerBuiltins, noneBuiltins, undefinedBuiltins } from "./scalars.ts";
import { stringBuiltins } from "./string.ts";

/** What each type can do, as filter or as method alike (`get_builtins`). */
const BUILTINS: Readonly<Record<LlamaType, Builtins>> = {
  Undefined: undefinedBuiltins,
  None: noneBuiltins,
  Boolean: booleanBuiltins,
  Integer: integerBuiltins,
  Float: floatBuiltins,
  String: stringBuiltins,
  Array: arrayBuiltins,
  Tuple: arrayBuiltins,
  Object: objectBuiltins,
  Function: new Map(),
};

/** Every name that is a filter for some type. */
export const llamaFilterNames: ReadonlySet<string> = new Set([
  ...Object.values(BUILTINS).flatMap((builtins) => [...builtins.keys()]),
  "count",
  "d",
  "e",
  "trim",
]);

const ALIASES: Readonly<Record<string, string>> = { count: "length", d: "default", e: "escape", trim: "strip" };

/** Filters that make a string of their subject first, as long as they are written without arguments (`filter_expression`). */
const COERCING: ReadonlySet<string> = new Set([
  "capitalize",
  "lower",
  "replace",
  "strip",
  "title",
  "upper",
  "wordcount",
]);

/** A method of that name. Throws `Failure` for functions, which have none. */
export function llamaBuiltin(object: Value, name: string): Builtin | undefined {
  if (object instanceof Callable) throw new Failure("Function has no builtins");
  return object instanceof Host ? undefined : BUILTINS[llamaType(object)].get(name);
}

/** `subject | name(…)`. Throws `Failure` where the type has no such filter. */
export function llamaFilter(runtime: Runtime, name: string, subject: Value, input: Arguments): Value {
  const filter = ALIASES[name] ?? name;
  const isBare = input.positional.length === 0 && input.named.size === 0;
  const coerces = isBare && COERCING.has(filter) && !(subject instanceof Undefined || subject instanceof Text);
  const value = coerces ? asText(runtime, subject) : subject;
  const builtin = llamaBuiltin(value, filter);
  if (!builtin) throw new Failure(`Unknown (built-in) filter '${filter}' for type ${llamaType(value)}`);
  return builtin(runtime, value, input);
}
