import { whole } from "../arguments.ts";
import type { Builtin, Builtins } from "../builtin.ts";
import { isTrue } from "../compare.ts";
import { float, integer } from "../number-text.ts";
import { asText as written } from "../print.ts";
import { Failure } from "../runtime.ts";
import { isInteger } from "../scalars.ts";
import { EMPTY, runCount, slicer, Text, TextBuilder } from "../text.ts";
import { capitalize, lower, title, upper } from "../text-case.ts";
import { occurrences, repeat, replace, type Side, split, splitFromRight, trim } from "../text-edit.ts";
import { lengthOf } from "../text-units.ts";
import { List, Num, type Value } from "../values.ts";
import { argument, count, text } from "./arguments.ts";
import { notImplemented, tojson } from "./shared.ts";
import { llamaSlice } from "./slice.ts";

const asText = (value: Value) => value as Text;

const strip =
  (side: Side): Builtin =>
  (runtime, subject, input) => {
    const characters = argument(input, "chars", 0);
    return trim(
      runtime,
      asText(subject),
      side,
      characters === undefined ? undefined : written(runtime, characters).value,
    );
  };

const affix =
  (name: "startsWith" | "endsWith"): Builtin =>
  ({ meter }, subject, input) => {
    const { value } = text(name.toLowerCase(), input.positional[0]);
    meter.step(value.length / 64);
    return asText(subject).value[name](value);
  };

const splitter =
  (cut: typeof split): Builtin =>
  (runtime, subject, input) => {
    count("split", input, 0, 2);
    if (input.named.size > 0) throw new Failure("split() takes no named arguments");
    const [separator, limit] = input.positional;
    const at = separator === undefined ? " " : written(runtime, separator).value;
    if (at === "") throw new Failure("empty separator");
    const times = whole("split", limit, -1);
    return new List(cut(runtime, asText(subject), at, times < 0 ? undefined : times));
  };

const format: Builtin = (runtime, subject, input) => {
  const fmt = asText(subject);
  const builder = new TextBuilder();
  const slice = slicer(fmt);
  let start = 0;
  for (const [index, at] of occurrences(runtime, fmt.value, "{").entries()) {
    if (fmt.value[at + 1] !== "}") return notImplemented("format() with more than '{}'")(runtime, subject, input);
    const value = input.positional[index];
    if (value === undefined) throw new Failure(`Function 'format' expected at least ${index + 2} arguments`);
    builder.add(slice(start, at));
    builder.add(written(runtime, value));
    runtime.meter.string(builder.length);
    start = at + 2;
  }
  builder.add(slice(start));
  return builder.text();
};

/** `std::getline` sees no line after a last line end, and a first empty line leaves nothing behind. */
const indent: Builtin = (runtime, subject, input) => {
  count("indent", input, 0, 3);
  const width = argument(input, "width", 0);
  const given = (name: string, place: number) => isTrue(runtime, argument(input, name, place) ?? null);
  const [first, blank] = [given("first", 1), given("blank", 2)];
  const { value } = asText(subject);
  const isCount = isInteger(width);
  const prefix = isCount
    ? repeat(runtime, new Text(" "), Number(width.value))
    : width instanceof Text
      ? width
      : new Text("    ");
  const ends = occurrences(runtime, value, "\n");
  runtime.meter.step(ends.length + value.length / 64);
  runtime.meter.string(value.length + (ends.length + 1) * prefix.value.length);
  runtime.meter.runs(runCount([asText(subject)]) + (ends.length + 1) * runCount([prefix]));
  const slice = slicer(asText(subject));
  const builder = new TextBuilder();
  const lineEnds = value === "" || value.endsWith("\n") ? ends : [...ends, value.length];
  let start = 0;
  for (const end of lineEnds) {
    const isFirst = builder.length === 0;
    if (!isFirst) builder.add(slice(start - 1, start));
    const line = slice(start, end);
    start = end + 1;
    if (isFirst ? first : line.value !== "" || blank) builder.add(prefix);
    builder.add(line);
  }
  if (value.endsWith("\n")) {
    builder.add(slice(value.length - 1));
    if (blank) builder.add(prefix);
  }
  return builder.text();
};

/** `std::stoi`: the number that the string begins with, in 32 bits. */
const toInteger: Builtin = ({ meter }, subject, input) => {
  meter.step(asText(subject).value.length / 16);
  const base = whole("int", argument(input, "base", 1), 10);
  if (base !== 0 && (base < 2 || base > 36)) throw new Failure("int() base must be 0 or between 2 and 36");
  const [, sign = "", digits = ""] = /^[\t-\r ]*([+-]?)((?:0[xX])?[0-9a-zA-Z]*)/.exec(asText(subject).value) ?? [];
  const isHex = /^0[xX]/.test(digits) && (base === 0 || base === 16);
  const radix = base === 0 ? (isHex ? 16 : digits.startsWith("0") ? 8 : 10) : base;
  const size = Number.parseInt(isHex ? digits.slice(2) : digits, radix);
  const value = sign === "-" ? -size : size;
  const fits = value >= -(2 ** 31) && value < 2 ** 31;
  return integer(fits ? value : whole("int", argument(input, "default", 0), 0));
};

const toFloat: Builtin = ({ meter }, subject, input) => {
  meter.step(asText(subject).value.length / 64);
  const written = asText(subject).value.trimStart();
  const [special, sign, name] = /^([+-]?)(inf|nan)/i.exec(written) ?? [];
  if (special !== undefined) return float(name?.toLowerCase() === "nan" ? Number.NaN : Number(`${sign}Infinity`));
  const value = Number.parseFloat(written);
  const otherwise = argument(input, "default", 0);
  return float(Number.isNaN(value) ? Number(otherwise instanceof Num ? otherwise.value : 0) : value);
};

export const stringBuiltins: Builtins = new Map<string, Builtin>([
  ...Object.entries({ upper, lower, title, capitalize }).map(
    ([name, change]) => [name, (runtime, value) => change(runtime, asText(value))] as [string, Builtin],
  ),
  ["strip", strip("both")],
  ["lstrip", strip("left")],
  ["rstrip", strip("right")],
  ["length", (runtime, value) => integer(lengthOf(runtime, asText(value).value))],
  ["startswith", affix("startsWith")],
  ["endswith", affix("endsWith")],
  ["split", splitter(split)],
  ["rsplit", splitter(splitFromRight)],
  [
    "replace",
    (runtime, subject, input) => {
      const [old, by, limit] = input.positional;
      if (whole("replace", limit, -1) > 0) throw new Failure("NotImplemented: String replace with count argument");
      return replace(runtime, asText(subject), text("replace", old).value, text("replace", by));
    },
  ],
  ["format", format],
  ["int", toInteger],
  ["float", toFloat],
  ["string", (_, value) => value],
  ["safe", (_, value) => value],
  [
    "default",
    (runtime, value, input) => {
      count("default", input, 1, 2);
      const isStrict = isTrue(runtime, argument(input, "boolean", 1) ?? null);
      return isStrict && !isTrue(runtime, value) ? (input.positional[0] ?? EMPTY) : value;
    },
  ],
  [
    "slice",
    (runtime, value, input) => {
      count("slice", input, 3, 3);
      return llamaSlice(runtime, value, ...(input.positional as [Value, Value, Value]));
    },
  ],
  ["tojson", tojson],
  ["indent", indent],
  ["join", notImplemented("String join builtin")],
]);
