import { numberJson, numberText } from "./number-text.ts";
import type { Origin } from "./origin.ts";
import { quirksOf } from "./quirks.ts";
import { Failure, type Runtime } from "./runtime.ts";
import { compareStrings } from "./scalars.ts";
import { runsOf, Text, TextBuilder } from "./text.ts";
import { typeName } from "./type-names.ts";
import { Dict, List, Num, Undefined, type Value } from "./values.ts";

/** How `tojson` writes; the defaults are those of Python's `json.dumps(value, ensure_ascii=False)`. */
export interface JsonStyle {
  /** Put at the start of each line, once per level; undefined for one line. */
  readonly indent?: string | undefined;
  readonly itemSeparator?: string;
  readonly keySeparator?: string;
  readonly sortKeys?: boolean;
  readonly ascii?: boolean;
}

const MAX_DEPTH = 500;
/** What JSON escapes in a string. Python leaves U+007F alone. */
const ESCAPED = /["\\\0-\x1f]/g;
const NOT_ASCII = /[\u0080-\uffff]/g;
const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/**
 * A value as JSON. Brackets, commas and quotes have the origin of the container they belong to, the characters of a string that of the
 * string. Throws `Failure` for what JSON has no form for; llama.cpp writes `null` for that.
 */
export function jsonText(runtime: Runtime, value: Value, style: JsonStyle = {}): Text {
  const { indent } = style;
  const writer: Writer = {
    runtime,
    out: new TextBuilder(),
    indent,
    comma: style.itemSeparator ?? (indent === undefined ? ", " : ","),
    colon: style.keySeparator ?? ": ",
    sortKeys: style.sortKeys ?? false,
    ascii: style.ascii ?? false,
  };
  write(writer, value, undefined, 0);
  return writer.out.text();
}

interface Writer {
  readonly runtime: Runtime;
  readonly out: TextBuilder;
  readonly indent: string | undefined;
  readonly comma: string;
  readonly colon: string;
  readonly sortKeys: boolean;
  readonly ascii: boolean;
}

function write(writer: Writer, value: Value, around: Origin | undefined, depth: number): void {
  const { out, runtime } = writer;
  runtime.meter.step();
  if (depth > MAX_DEPTH) throw new Failure(`tojson: nested more than ${MAX_DEPTH} deep`);
  if (value instanceof Text) writeString(writer, value, around);
  else if (value instanceof Num) out.write(numberJson(runtime, value), value.origin);
  else if (value === null) out.write("null", around);
  else if (typeof value === "boolean") out.write(String(value), around);
  else if (value instanceof Dict) writeDict(writer, value, depth);
  else if (value instanceof List && isArray(runtime, value)) {
    const parts = value.items.map((item) => () => write(writer, item, value.origin, depth + 1));
    writeContainer(writer, "[", "]", parts, value.origin, depth);
  } else if (quirksOf(runtime).looseJson) out.write("null", around);
  else
    throw new Failure(
      `Object of type ${value instanceof Undefined ? "Undefined" : typeName(value)} is not JSON serializable`,
    );
  runtime.meter.string(out.length);
}

function isArray(runtime: Runtime, list: List): boolean {
  return quirksOf(runtime).looseJson || list.kind === "list" || list.kind === "tuple";
}

function writeDict(writer: Writer, dict: Dict, depth: number): void {
  const { out, runtime, colon } = writer;
  let entries = [...dict.entries.values()];
  if (writer.sortKeys) {
    runtime.meter.step(entries.length * 8);
    entries = entries.sort((a, b) => compareStrings(runtime, keyText(runtime, a.key), keyText(runtime, b.key)));
  }
  const parts = entries.map(({ key, value }) => () => {
    writeString(writer, key instanceof Text ? key : new Text(keyText(runtime, key), dict.origin), dict.origin);
    out.write(colon, dict.origin);
    write(writer, value, dict.origin, depth + 1);
  });
  writeContainer(writer, "{", "}", parts, dict.origin, depth);
}

function writeContainer(
  writer: Writer,
  open: string,
  close: string,
  parts: readonly (() => void)[],
  origin: Origin | undefined,
  depth: number,
): void {
  const { out, indent, comma, runtime } = writer;
  out.write(open, origin);
  if (parts.length > 0) {
    const width = (indent?.length ?? 0) * (depth + 1);
    runtime.meter.string(out.length + width * parts.length);
    const line = (level: number) => (indent === undefined ? "" : `\n${indent.repeat(level)}`);
    for (const [index, part] of parts.entries()) {
      out.write((index > 0 ? comma : "") + line(depth + 1), origin);
      part();
    }
    out.write(line(depth), origin);
  }
  out.write(close, origin);
}

function writeString(writer: Writer, text: Text, around: Origin | undefined): void {
  const { out, ascii, runtime } = writer;
  runtime.meter.step(text.value.length / 64);
  runtime.meter.string(out.length + text.value.length);
  out.write('"', around);
  let start = 0;
  for (const { length, origin } of runsOf(text)) {
    const escaped = text.value.slice(start, start + length).replace(ESCAPED, escapeSequence);
    out.write(ascii ? escaped.replace(NOT_ASCII, code) : escaped, origin);
    start += length;
  }
  out.write('"', around);
}

const escapeSequence = (character: string) => SHORT[character] ?? code(character);
const code = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** A key that is no string: `1`, `true`, `null`, as JSON writes them. */
function keyText(runtime: Runtime, key: Value): string {
  if (key instanceof Text) return key.value;
  const { looseJson } = quirksOf(runtime);
  if (key instanceof Num) return looseJson ? numberText(runtime, key) : numberJson(runtime, key);
  if (looseJson) return key === null ? "None" : key === true ? "True" : "False";
  return String(key);
}
