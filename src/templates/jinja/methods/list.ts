import { bind, whole } from "../arguments.ts";
import type { Builtin, Builtins } from "../builtin.ts";
import { equal } from "../compare.ts";
import { integer } from "../number-text.ts";
import { Failure } from "../runtime.ts";
import { List, type Value } from "../values.ts";

const asList = (value: Value) => value as List;

/** Methods of Python's lists and tuples that change nothing. */
export const listMethods: Builtins = new Map<string, Builtin>([
  [
    "count",
    (runtime, list, input) => {
      const [wanted] = bind("count", input, ["value"], 1);
      runtime.meter.step(asList(list).items.length);
      return integer(asList(list).items.filter((item) => equal(runtime, item, wanted!)).length);
    },
  ],
  [
    "index",
    (runtime, list, input) => {
      const [wanted, start, stop] = bind("index", input, ["value", "start", "stop"], 1);
      const { items } = asList(list);
      runtime.meter.step(items.length);
      const [from, to] = [
        place(items.length, whole("index", start, 0)),
        place(items.length, whole("index", stop, items.length)),
      ];
      const found = items.findIndex((item, index) => index >= from && index < to && equal(runtime, item, wanted!));
      if (found < 0) throw new Failure("the value is not in the list");
      return integer(found);
    },
  ],
  [
    "copy",
    (runtime, list) => {
      runtime.meter.list(asList(list).items.length);
      return new List([...asList(list).items], "list", asList(list).origin);
    },
  ],
]);

function place(length: number, index: number): number {
  return index < 0 ? Math.max(0, index + length) : Math.min(index, length);
}
