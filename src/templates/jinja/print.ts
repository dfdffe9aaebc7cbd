import { jsonText } from "./json-text.ts";
import { numberText } from "./number-text.ts";
import type { Origin } from "./origin.ts";
import { quirksOf } from "./quirks.ts";
import { Failure, type Runtime } from "./runtime.ts";
import { Range, View } from "./sequences.ts";
import { concat, EMPTY, Markup, runsOf, Text, TextBuilder } from "./text.ts";
import { llamaType, typeName } from "./type-names.ts";
import { Callable, Dict, Host, List, Namespace, Num, Undefined, type Value } from "./values.ts";

const MAX_DEPTH = 500;

/** What `{{ value }}` writes. */
export function printed(runtime: Runtime, value: Value): Text {
  if (value instanceof Text) return value;
  return quirksOf(runtime).printing === "python" ? asText(runtime, value) : pieces(runtime, value, 0);
}

/** The strings, numbers and booleans in a value, one after the other. */
function pieces(runtime: Runtime, value: Value, depth: number): Text {
  if (value instanceof Text || value instanceof Num || typeof value === "boolean") return asText(runtime, value);
  if (!(value instanceof List)) return EMPTY;
  if (depth > MAX_DEPTH) throw tooDeep();
  runtime.meter.step(value.items.length);
  return concat(value.items.map((item) => pieces(runtime, item, depth + 1)));
}

/** `str(value)`: what `~` and the filter `string` make of a value. Throws `Failure` in llama.cpp mode for undefined and functions. */
export function asText(runtime: Runtime, value: Value): Text {
  if (value instanceof Text) return value;
  if (value instanceof Num) return new Text(numberText(runtime, value), value.origin);
  if (value === null) return new Text("None");
  if (typeof value === "boolean") return new Text(value ? "True" : "False");
  const { refusesTextOfNothing } = quirksOf(runtime);
  if (refusesTextOfNothing && (value instanceof Undefined || value instanceof Callable))
    throw new Failure(`${llamaType(value)} is not a string value`);
  if (value instanceof Undefined) return EMPTY;
  return repr(runtime, value);
}

/** Python's `repr`; brackets, commas and quotes have the container's origin. */
export function repr(runtime: Runtime, value: Value): Text {
  const out = new TextBuilder();
  write({ runtime, out }, value, undefined, 0);
  return out.text();
}

interface Writer {
  readonly runtime: Runtime;
  readonly out: TextBuilder;
}

function write(writer: Writer, value: Value, around: Origin | undefined, depth: number): void {
  const { runtime, out } = writer;
  runtime.meter.step();
  if (depth > MAX_DEPTH) throw tooDeep();
  if (value instanceof Text) writeString(writer, value, around);
  else if (value instanceof Num) out.write(numberText(runtime, value), value.origin);
  else if (value === null) out.write("None", around);
  else if (typeof value === "boolean") out.write(value ? "True" : "False", around);
  else if (value instanceof Undefined) out.write("Undefined", around);
  else if (value instanceof List) writeList(writer, value, depth);
  else if (value instanceof Dict || value instanceof Namespace) writeDict(writer, value, depth);
  else
    out.write(`<${value instanceof Host ? value.name : typeName(value)}${value.name ? ` ${value.name}` : ""}>`, around);
  runtime.meter.string(out.length);
}

function bracketsOf(list: List, isPython: boolean): readonly [open: string, close: string] {
  if (list.kind === "tuple") return ["(", ")"];
  return isPython && list instanceof View ? [`${list.name}([`, "])"] : ["[", "]"];
}

function writeList(writer: Writer, list: List, depth: number): void {
  const { out, runtime } = writer;
  const { items, kind, origin } = list;
  const isPython = quirksOf(runtime).repr === "python";
  if (isPython && (kind === "generator" || list instanceof Range)) {
    out.write(list instanceof Range ? rangeText(list) : "<generator object>", origin);
    return;
  }
  const [open, close] = bracketsOf(list, isPython);
  out.write(open, origin);
  for (const [index, item] of items.entries()) {
    if (index > 0) out.write(", ", origin);
    write(writer, item, origin, depth + 1);
  }
  if (kind === "tuple" && items.length === 1) out.write(",", origin);
  out.write(close, origin);
}

function writeDict(writer: Writer, dict: Dict | Namespace, depth: number): void {
  const { out } = writer;
  const origin = dict instanceof Dict ? dict.origin : undefined;
  const entries =
    dict instanceof Dict
      ? [...dict.entries.values()]
      : Array.from(dict.values, ([name, value]) => ({ key: new Text(name), value }));
  const isPythonNamespace = dict instanceof Namespace && quirksOf(writer.runtime).repr === "python";
  out.write(isPythonNamespace ? "<Namespace {" : "{", origin);
  for (const [index, { key, value }] of entries.entries()) {
    if (index > 0) out.write(", ", origin);
    write(writer, key, origin, depth + 1);
    out.write(": ", origin);
    write(writer, value, origin, depth + 1);
  }
  out.write(isPythonNamespace ? "}>" : "}", origin);
}

function rangeText({ start, stop, step }: Range): string {
  return step === 1 ? `range(${start}, ${stop})` : `range(${start}, ${stop}, ${step})`;
}

function writeString(writer: Writer, text: Text, around: Origin | undefined): void {
  const { runtime, out } = writer;
  runtime.meter.step(text.value.length / 64);
  if (quirksOf(runtime).repr === "plain") {
    // Nothing is escaped, and JSON taken where an apostrophe is in the way.
    const isJson = text.value.includes("'");
    if (!isJson) out.write("'", around);
    out.add(isJson ? jsonText(runtime, text) : text);
    if (!isJson) out.write("'", around);
    return;
  }
  const quote = text.value.includes("'") && !text.value.includes('"') ? '"' : "'";
  const isMarkup = text instanceof Markup;
  out.write(isMarkup ? `Markup(${quote}` : quote, around);
  let start = 0;
  for (const { length, origin } of runsOf(text)) {
    out.write(escaped(text.value.slice(start, start + length), quote), origin);
    start += length;
  }
  out.write(isMarkup ? `${quote})` : quote, around);
}

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };
/** What `str.isprintable` denies, and the backslash. */
const UNPRINTABLE = /[\\\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

function escaped(value: string, quote: string): string {
  const printable = value.replace(UNPRINTABLE, (character) => {
    const short = SHORT[character];
    if (short !== undefined) return short;
    const code = character.codePointAt(0)!;
    const hex = code.toString(16);
    if (code < 0x100) return `\\x${hex.padStart(2, "0")}`;
    return code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
  });
  return quote === "'" ? printable.replaceAll("'", "\\'") : printable;
}

const tooDeep = () => new Failure(`a value is nested more than ${MAX_DEPTH} deep`);
