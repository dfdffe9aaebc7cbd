import type { Builtin, Builtins } from "../builtin.ts";
import { escapeMarkup, safe } from "../markup.ts";
import { Failure } from "../runtime.ts";
import { Markup, Text } from "../text.ts";
import { typeName } from "../type-names.ts";
import { Dict, List, type Value } from "../values.ts";
import { dictMethods } from "./dict.ts";
import { listMethods } from "./list.ts";
import { stringMethods } from "./string.ts";

/** What the immutable sandbox keeps from templates (`modifies_known_mutable`). */
export const MUTATING: Readonly<Record<string, readonly string[]>> = {
  list: ["append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove"],
  dict: ["clear", "pop", "popitem", "setdefault", "update"],
};

/** A method that Python's value has, by its name; undefined where there is none. One that would change the value fails when called. */
export function pythonMethod(object: Value, name: string): Builtin | undefined {
  const type = typeName(object);
  if (MUTATING[type]?.includes(name)) {
    return () => {
      throw new Failure(`access to attribute '${name}' of '${type}' object is unsafe.`, {
        hint: "Transformers renders in a sandbox in which values cannot be changed; build a new list or use a namespace.",
      });
    };
  }
  const method = methodsOf(object)?.get(name);
  return method && object instanceof Markup ? markupMethod(name, method) : method;
}

/** Methods of safe text give safe text; what `replace` puts in is escaped. */
function markupMethod(name: string, method: Builtin): Builtin {
  return (runtime, subject, input) => {
    const [old, by, ...rest] = input.positional;
    const escapes = name === "replace" && old !== undefined && by instanceof Text;
    const escaped = escapes ? { ...input, positional: [old, escapeMarkup(runtime, by), ...rest] } : input;
    const result = method(runtime, subject, escaped);
    if (result instanceof List) return new List(result.items.map(marked), result.kind);
    return marked(result);
  };
}

const marked = (value: Value): Value => (value instanceof Text ? safe(value) : value);

function methodsOf(object: Value): Builtins | undefined {
  if (object instanceof Text) return stringMethods;
  if (object instanceof Dict) return dictMethods;
  return object instanceof List && (object.kind === "list" || object.kind === "tuple") ? listMethods : undefined;
}
