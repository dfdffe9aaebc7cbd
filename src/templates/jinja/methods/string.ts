import { bind, textual, whole } from "../arguments.ts";
import type { Builtin, Builtins } from "../builtin.ts";
import { bracesFormat } from "../format/braces.ts";
import { iterate } from "../iterate.ts";
import { Failure } from "../runtime.ts";
import { EMPTY, sliceText, Text } from "../text.ts";
import { capitalize, caseFold, lower, swapCase, titleMethod, upper } from "../text-case.ts";
import { join, replace, type Side, trim } from "../text-edit.ts";
import { typeName } from "../type-names.ts";
import { Dict, type Value } from "../values.ts";
import { classMethods } from "./classes.ts";
import { paddingMethods } from "./padding.ts";
import { searchMethods } from "./search.ts";
import { splitMethods } from "./split.ts";

const asText = (value: Value) => value as Text;

const strip =
  (name: string, side: Side): Builtin =>
  (runtime, text, input) => {
    const [characters = null] = bind(name, input, ["chars"]);
    return trim(runtime, asText(text), side, characters === null ? undefined : textual(name, characters).value);
  };

const bare =
  (name: string, change: (runtime: Parameters<Builtin>[0], text: Text) => Text): Builtin =>
  (runtime, text, input) => {
    bind(name, input, []);
    return change(runtime, asText(text));
  };

/** Methods of Python's strings, except those that make bytes or tables. */
export const stringMethods: Builtins = new Map<string, Builtin>([
  ...Object.entries({ upper, lower, capitalize, title: titleMethod, swapcase: swapCase, casefold: caseFold }).map(
    ([name, change]) => [name, bare(name, change)] as const,
  ),
  ["strip", strip("strip", "both")],
  ["lstrip", strip("lstrip", "left")],
  ["rstrip", strip("rstrip", "right")],
  [
    "replace",
    (runtime, text, input) => {
      const [old, by, count] = bind("replace", input, ["old", "new", "count"], 2);
      const limit = whole("replace", count, -1);
      const part = textual("replace", old).value;
      return replace(runtime, asText(text), part, textual("replace", by), limit < 0 ? undefined : limit);
    },
  ],
  [
    "join",
    (runtime, text, input) => {
      const [items] = bind("join", input, ["iterable"], 1);
      const texts = iterate(runtime, items!).map((item, index) => {
        if (item instanceof Text) return item;
        throw new Failure(`sequence item ${index}: expected str instance, ${typeName(item)} found`);
      });
      return join(runtime, texts, asText(text));
    },
  ],
  ["format", (runtime, text, input) => bracesFormat(runtime, asText(text), input)],
  [
    "format_map",
    (runtime, text, input) => {
      const [values] = bind("format_map", input, ["mapping"], 1);
      if (!(values instanceof Dict)) throw new Failure("format_map() takes a mapping");
      const named = Array.from(values.entries, ([key, { value }]) => [String(key), value] as const);
      return bracesFormat(runtime, asText(text), { positional: [], named: new Map(named) });
    },
  ],
  [
    "removeprefix",
    ({ meter }, text, input) => {
      meter.step(asText(text).value.length / 64);
      const prefix = textual("removeprefix", bind("removeprefix", input, ["prefix"], 1)[0]).value;
      return asText(text).value.startsWith(prefix) ? sliceText(asText(text), prefix.length) : text;
    },
  ],
  [
    "removesuffix",
    ({ meter }, text, input) => {
      meter.step(asText(text).value.length / 64);
      const suffix = textual("removesuffix", bind("removesuffix", input, ["suffix"], 1)[0]).value;
      const { value } = asText(text);
      if (!value.endsWith(suffix)) return text;
      return suffix.length === value.length && suffix !== ""
        ? EMPTY
        : sliceText(asText(text), 0, value.length - suffix.length);
    },
  ],
  ...searchMethods,
  ...splitMethods,
  ...paddingMethods,
  ...classMethods,
]);
