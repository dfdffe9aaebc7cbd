import { whole } from "./arguments.ts";
import { isKey, lookUp } from "./keys.ts";
import { llamaBuiltin } from "./llama/index.ts";
import { llamaSlice } from "./llama/slice.ts";
import { pythonMethod } from "./methods/index.ts";
import { quirksOf } from "./quirks.ts";
import { Failure, type Runtime } from "./runtime.ts";
import { isInteger } from "./scalars.ts";
import { Group } from "./sequences.ts";
import { pythonSlice } from "./slice.ts";
import { Text } from "./text.ts";
import { lengthOf, sliceUnits } from "./text-units.ts";
import { llamaType, typeName } from "./type-names.ts";
import { Callable, Dict, Host, List, Namespace, Undefined, type Value } from "./values.ts";

/** `object.name`: a method, else what stands under that key; undefined where there is neither. */
export function attributeOf(runtime: Runtime, object: Value, name: string): Value | undefined {
  return methodOf(runtime, object, name) ?? ownOf(object, name);
}

/** `object[key]`: what stands under that key, else a method of that name, else an `Undefined`. */
export function itemOf(runtime: Runtime, object: Value, key: Value): Value {
  if (runtime.mode === "llama.cpp") refuseKey(object, key);
  const found = atKey(runtime, object, key);
  if (found !== undefined) return found;
  const method = key instanceof Text ? methodOf(runtime, object, key.value) : undefined;
  return method ?? new Undefined(key instanceof Text ? key.value : `an item of ${typeName(object)}`);
}

/** `object[start:stop:step]`; undefined for a bound that is not written. Throws `Failure` where the value has no slices. */
export function sliceOf(
  runtime: Runtime,
  object: Value,
  start: Value | undefined,
  stop: Value | undefined,
  step: Value | undefined,
): Value {
  return runtime.mode === "llama.cpp"
    ? llamaSlice(runtime, object, start, stop, step)
    : pythonSlice(runtime, object, start ?? null, stop ?? null, step ?? null);
}

function methodOf(runtime: Runtime, object: Value, name: string): Value | undefined {
  const method = runtime.mode === "llama.cpp" ? llamaBuiltin(object, name) : pythonMethod(object, name);
  return method && new Callable(name, (during, input) => method(during, object, input));
}

function ownOf(object: Value, name: string): Value | undefined {
  if (object instanceof Dict) return object.entries.get(name)?.value;
  if (object instanceof Namespace) return object.values.get(name);
  if (object instanceof Group) return name === "grouper" ? object.grouper : name === "list" ? object.list : undefined;
  return object instanceof Host ? object.get(name) : undefined;
}

function atKey(runtime: Runtime, object: Value, key: Value): Value | undefined {
  if (object instanceof Dict) {
    return isKey(key) ? lookUp(object, key) : undefined;
  }
  if (object instanceof List && object.kind !== "generator" && object.kind !== "view") {
    return isIndex(key) ? object.items.at(whole("index", key, 0)) : undefined;
  }
  if (object instanceof Text && isIndex(key)) return characterAt(runtime, object, whole("index", key, 0));
  return key instanceof Text ? ownOf(object, key.value) : undefined;
}

function isIndex(key: Value): boolean {
  return typeof key === "boolean" || isInteger(key);
}

function characterAt(runtime: Runtime, text: Text, index: number): Text | undefined {
  const length = lengthOf(runtime, text.value);
  const at = index < 0 && quirksOf(runtime).negativeTextIndex ? index + length : index;
  return at >= 0 && at < length ? sliceUnits(runtime, text, at, at + 1) : undefined;
}

/** What llama.cpp refuses as a key instead of finding nothing (`member_expression`). */
function refuseKey(object: Value, key: Value): void {
  if (key instanceof Undefined || key instanceof Text || object instanceof Undefined) return;
  if (!isKey(key)) throw new Failure(`Type: ${llamaType(key)} is not allowed as object key`);
  if (object instanceof Dict || object instanceof List || object instanceof Text) return;
  throw new Failure(`Cannot access property with non-string: got ${llamaType(key)}`);
}
