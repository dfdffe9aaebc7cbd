import type { Builtin, Builtins } from "../builtin.ts";
import { Failure } from "../runtime.ts";
import { Text } from "../text.ts";
import { typeName } from "../type-names.ts";
import { Dict, List, type Value } from "../values.ts";
import { dictMethods } from "./dict.ts";
import { listMethods } from "./list.ts";
import { stringMethods } from "./string.ts";

/** What the immutable sandbox keeps from templates (`modifies_known_mutable`). */
const MUTATING: Readonly<Record<string, readonly string[]>> = {
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
  return methodsOf(object)?.get(name);
}

function methodsOf(object: Value): Builtins | undefined {
  if (object instanceof Text) return stringMethods;
  if (object instanceof Dict) return dictMethods;
  return object instanceof List && (object.kind === "list" || object.kind === "tuple") ? listMethods : undefined;
}
