import type { Builtin } from "../builtin.ts";
import { isTrue } from "../compare.ts";
import { lookUp } from "../keys.ts";
import type { Text } from "../text.ts";
import { Dict, List, Undefined, type Value } from "../values.ts";
import { count, text } from "./arguments.ts";

/**
 * `select`, `reject`, `selectattr` and `rejectattr`, which are one function: an attribute that must be true, a test of the items with its
 * argument, or an attribute, a test and its argument. So `selectattr('x', 'defined')` looks for a test `x`.
 */
export function selection(rejects: boolean): Builtin {
  return (runtime, subject, input) => {
    count("selectattr", input, 1, 3);
    const [first, second, third] = [...input.positional, ...input.named.values()];
    const name = text("selectattr", first);
    runtime.meter.list((subject as List).items.length);
    runtime.meter.step((subject as List).items.length);
    const holds = (item: Value): boolean => {
      if (second === undefined) return isTrue(runtime, attributeOf(item, name));
      if (third === undefined) return runtime.test(name.value, item, { positional: [second], named: new Map() });
      return runtime.test(text("selectattr", second).value, attributeOf(item, name), {
        positional: [third],
        named: new Map(),
      });
    };
    return new List((subject as List).items.filter((item) => holds(item) !== rejects));
  };
}

function attributeOf(item: Value, name: Text): Value {
  const found = item instanceof Dict ? lookUp(item, name) : undefined;
  return found === undefined ? new Undefined(name.value) : found;
}
