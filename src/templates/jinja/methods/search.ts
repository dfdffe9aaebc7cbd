import { bind, textual, whole } from "../arguments.ts";
import type { Builtin, Builtins } from "../builtin.ts";
import { integer } from "../number-text.ts";
import { Failure, type Runtime } from "../runtime.ts";
import { Text } from "../text.ts";
import { occurrences } from "../text-edit.ts";
import { lengthOf, offsetOf, unitAt } from "../text-units.ts";
import { typeName } from "../type-names.ts";
import { type Arguments, List, type Value } from "../values.ts";

/** The stretch that `start` and `stop` leave of a string. */
interface Stretch {
  readonly value: string;
  /** UTF-16 units before it. */
  readonly offset: number;
  /** False where `start` lies behind the end, where not even "" is found. */
  readonly exists: boolean;
  /** What is looked for. */
  readonly part: Value;
}

function stretch(runtime: Runtime, name: string, subject: Value, input: Arguments): Stretch {
  const [part, start = null, stop = null] = bind(name, input, ["sub", "start", "end"], 1);
  const { value } = subject as Text;
  runtime.meter.step(1 + value.length / 64);
  const length = start === null && stop === null ? 0 : lengthOf(runtime, value);
  const place = (index: number) => offsetOf(runtime, value, index < 0 ? Math.max(0, index + length) : index);
  const from = start === null ? 0 : place(whole(name, start, 0));
  const to = stop === null ? value.length : place(whole(name, stop, 0));
  const exists = start === null || whole(name, start, 0) <= length;
  return { value: value.slice(from, Math.max(from, to)), offset: from, exists: exists && from <= to, part: part! };
}

function finder(name: string, fromRight: boolean, missing: () => Value): Builtin {
  return (runtime, subject, input) => {
    const { value, offset, exists, part } = stretch(runtime, name, subject, input);
    const wanted = textual(name, part).value;
    runtime.meter.search(value.length, wanted.length);
    const at = !exists ? -1 : fromRight ? value.lastIndexOf(wanted) : value.indexOf(wanted);
    return at < 0 ? missing() : integer(unitAt(runtime, (subject as Text).value, offset + at));
  };
}

function affix(name: "startswith" | "endswith"): Builtin {
  return (runtime, subject, input) => {
    const { value, exists, part } = stretch(runtime, name, subject, input);
    const parts = part instanceof List && part.kind === "tuple" ? part.items : [part];
    return parts.some((item) => {
      if (!(item instanceof Text))
        throw new Failure(`${name} first arg must be str or a tuple of str, not ${typeName(item)}`);
      return exists && (name === "startswith" ? value.startsWith(item.value) : value.endsWith(item.value));
    });
  };
}

const notFound = () => {
  throw new Failure("substring not found");
};

/** Methods that look for a part of a string. */
export const searchMethods: Builtins = new Map<string, Builtin>([
  ["find", finder("find", false, () => integer(-1))],
  ["rfind", finder("rfind", true, () => integer(-1))],
  ["index", finder("index", false, notFound)],
  ["rindex", finder("rindex", true, notFound)],
  [
    "count",
    (runtime, subject, input) => {
      const { value, exists, part } = stretch(runtime, "count", subject, input);
      const wanted = textual("count", part).value;
      runtime.meter.search(value.length, wanted.length);
      return integer(exists ? occurrences(runtime, value, wanted).length : 0);
    },
  ],
  ["startswith", affix("startswith")],
  ["endswith", affix("endswith")],
]);
