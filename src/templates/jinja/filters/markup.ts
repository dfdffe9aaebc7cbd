import { bind } from "../arguments.ts";
import type { Builtin, Builtins } from "../builtin.ts";
import { escapeMarkup, safe } from "../markup.ts";
import { asText } from "../print.ts";
import { Failure, type Runtime } from "../runtime.ts";
import { concat, mapText, slices, Text, TextBuilder } from "../text.ts";
import { trim } from "../text-edit.ts";
import { Dict, List, Undefined } from "../values.ts";

const escaping: Builtin = (runtime, value, input) => {
  bind("escape", input, []);
  return escapeMarkup(runtime, asText(runtime, value));
};

/** Python's `quote`: letters, digits and `-._~/` stay. */
const quoted = (value: string, keepsSlash = true) =>
  encodeURIComponent(value.toWellFormed())
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%2F", keepsSlash ? "/" : "%2F");

const urlencode: Builtin = (runtime, value, input) => {
  bind("urlencode", input, []);
  const pairs =
    value instanceof Dict
      ? Array.from(value.entries.values(), ({ key, value: item }) => [key, item] as const)
      : value instanceof List
        ? value.items.map((item) => (item instanceof List && item.items.length === 2 ? item.items : undefined))
        : undefined;
  if (!pairs) {
    const text = asText(runtime, value);
    runtime.meter.string(text.value.length * 9);
    return mapText(text, (part) => quoted(part));
  }
  const builder = new TextBuilder();
  for (const [index, pair] of pairs.entries()) {
    if (!pair) throw new Failure("urlencode takes a string, a mapping or pairs");
    if (index > 0) builder.write("&");
    for (const [side, item] of pair.entries()) {
      const text = asText(runtime, item);
      runtime.meter.string(builder.length + text.value.length * 9);
      builder.add(mapText(text, (part) => quoted(part, false).replaceAll("%20", "+")));
      if (side === 0) builder.write("=");
    }
  }
  return builder.text();
};

const ENTITY = /&(?:amp|lt|gt|quot|#34|#39|nbsp);/g;
const SIGNS: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#34;": '"',
  "&#39;": "'",
  "&nbsp;": "\u00a0",
};

/** Takes tags and comments away, and joins what is left with single spaces. */
const striptags: Builtin = (runtime, value, input) => {
  bind("striptags", input, []);
  const text = asText(runtime, value);
  runtime.meter.step(1 + text.value.length / 16);
  const bare = without(runtime, without(runtime, text, "<!--", "-->"), "<", ">");
  const spaced = mapText(trim(runtime, bare), (part) => part.replace(/\s+/g, " "));
  return mapText(spaced, (part) => part.replace(ENTITY, (entity) => SIGNS[entity]!));
};

/** The text without what stands between the marks, as far as they are closed. */
function without(runtime: Runtime, text: Text, open: string, close: string): Text {
  const bounds: [number, number][] = [];
  let start = 0;
  for (let at = text.value.indexOf(open); at >= 0; at = text.value.indexOf(open, start)) {
    const end = text.value.indexOf(close, at);
    if (end < 0) break;
    runtime.meter.step();
    bounds.push([start, at]);
    start = end + close.length;
  }
  bounds.push([start, text.value.length]);
  return concat(slices(text, bounds));
}

/** ` class="x" id="y"` of a mapping; none and undefined values are left out. */
const xmlattr: Builtin = (runtime, value, input) => {
  const [spaced = true] = bind("xmlattr", input, ["autospace"]);
  if (!(value instanceof Dict)) throw new Failure("xmlattr takes a mapping");
  const builder = new TextBuilder();
  for (const { key, value: item } of value.entries.values()) {
    if (item === null || item instanceof Undefined) continue;
    const name = asText(runtime, key);
    if (/[\s/>=]/.test(name.value)) throw new Failure(`Invalid character in attribute name: '${name.value}'`);
    if (builder.length > 0 || spaced === true) builder.write(" ");
    builder.add(escapeMarkup(runtime, name));
    builder.write('="');
    builder.add(escapeMarkup(runtime, asText(runtime, item)));
    builder.write('"');
    runtime.meter.string(builder.length);
  }
  return builder.text();
};

/** The filters of Jinja2 that make or take HTML. */
export const markupFilters: Builtins = new Map<string, Builtin>([
  ["escape", escaping],
  ["e", escaping],
  [
    "forceescape",
    (runtime, value, input) => {
      bind("forceescape", input, []);
      const { value: written, source } = asText(runtime, value);
      return escapeMarkup(runtime, new Text(written, source));
    },
  ],
  [
    "safe",
    (runtime, value, input) => {
      bind("safe", input, []);
      return safe(asText(runtime, value));
    },
  ],
  ["urlencode", urlencode],
  ["striptags", striptags],
  ["xmlattr", xmlattr],
]);
