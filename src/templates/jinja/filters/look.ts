import { attributeOf } from "../access.ts";
import { bind } from "../arguments.ts";
import type { Builtin, Builtins } from "../builtin.ts";
import { Failure } from "../runtime.ts";
import { Text } from "../text.ts";
import { Dict, Undefined } from "../values.ts";
import { orDefault } from "./text.ts";

/** The filters of Jinja2 that look at a value as it is. */
export const lookFilters: Builtins = new Map<string, Builtin>([
  ["default", orDefault],
  ["d", orDefault],
  [
    "attr",
    (runtime, value, input) => {
      const [name] = bind("attr", input, ["name"], 1);
      if (!(name instanceof Text)) throw new Failure("attr takes a name");
      if (value instanceof Undefined) throw new Failure(`'${value.name}' is undefined`);
      // Keys of mappings are no attributes.
      const found = value instanceof Dict ? undefined : attributeOf(runtime, value, name.value);
      return found ?? new Undefined(name.value);
    },
  ],
]);
