import { bind, NO_ARGUMENTS, positional, textual, whole } from "../arguments.ts";
import type { Builtin, Builtins } from "../builtin.ts";
import { isTrue } from "../compare.ts";
import { percentFormat } from "../format/percent.ts";
import { jsonText } from "../json-text.ts";
import { escapeMarkup } from "../markup.ts";
import { centred, padded } from "../methods/padding.ts";
import { splitMethods } from "../methods/split.ts";
import { integer } from "../number-text.ts";
import { asText } from "../print.ts";
import { Failure, type Runtime } from "../runtime.ts";
import { concat, Markup, originOf, runCount, sliceText, Text, TextBuilder } from "../text.ts";
import { capitalize, lower, title, upper } from "../text-case.ts";
import { repeat, replace, trim } from "../text-edit.ts";
import { lengthOf, sliceUnits } from "../text-units.ts";
import { typeName } from "../type-names.ts";
import { Dict, List, type Num, Undefined } from "../values.ts";
import { lengthFilter } from "./list.ts";

/** `tojson` as transformers replaces it: `json.dumps` with its arguments, nothing escaped for HTML. */
const tojson: Builtin = (runtime, value, input) => {
  const parameters = ["ensure_ascii", "indent", "separators", "sort_keys"];
  const [ascii = false, indent = null, separators = null, sortKeys = false] = bind("tojson", input, parameters);
  const [comma, colon] =
    separators instanceof List ? separators.items.map((item) => textual("tojson", item).value) : [];
  return jsonText(runtime, value, {
    indent:
      indent === null ? undefined : indent instanceof Text ? indent.value : spaces(runtime, whole("tojson", indent, 0)),
    ...(comma !== undefined && { itemSeparator: comma }),
    ...(colon !== undefined && { keySeparator: colon }),
    sortKeys: isTrue(runtime, sortKeys),
    ascii: isTrue(runtime, ascii),
  });
};

function spaces(runtime: Runtime, width: number): string {
  return repeat(runtime, new Text(" "), width).value;
}

const changing =
  (name: string, change: (runtime: Runtime, text: Text) => Text): Builtin =>
  (runtime, value, input) => {
    bind(name, input, []);
    return change(runtime, asText(runtime, value));
  };

const indent: Builtin = (runtime, value, input) => {
  const [width = integer(4), first = false, blank = false] = bind("indent", input, ["width", "first", "blank"]);
  const prefix = width instanceof Text ? width : new Text(spaces(runtime, whole("indent", width, 4)));
  if (!(value instanceof Text)) throw new Failure(`indent takes a string, not ${typeName(value)}`);
  // The line end that is added makes `splitlines` see a last empty line.
  const text = concat([value, new Text("\n")]);
  const split = splitMethods.get("splitlines")!(runtime, text, positional(true)) as List;
  const lines = split.items as Text[];
  // Each line is searched, and cut in two.
  runtime.meter.step(4 * lines.length);
  runtime.meter.string(text.value.length + lines.length * prefix.value.length);
  runtime.meter.runs(runCount([text]) + lines.length * runCount([prefix]));
  const builder = new TextBuilder();
  const [indentsFirst, indentsBlank] = [isTrue(runtime, first), isTrue(runtime, blank)];
  for (const [index, whole] of lines.entries()) {
    const line = sliceText(whole, 0, whole.value.search(/\r?.$/s));
    if (index === 0 ? indentsFirst : indentsBlank || line.value !== "") builder.add(prefix);
    builder.add(line);
    if (index < lines.length - 1) builder.write("\n", originOf(sliceText(whole, whole.value.length - 1)));
  }
  return builder.text();
};

const truncate: Builtin = (runtime, value, input) => {
  const parameters = ["length", "killwords", "end", "leeway"];
  const [size, kill = false, end = new Text("..."), leeway] = bind("truncate", input, parameters);
  const length = whole("truncate", size, 255);
  const slack = whole("truncate", leeway, 5);
  const allowed = length + slack;
  const ending = textual("truncate", end);
  const shortest = lengthOf(runtime, ending.value);
  if (length < shortest) throw new Failure(`expected length >= ${shortest}, got ${length}`);
  if (slack < 0) throw new Failure(`expected leeway >= 0, got ${slack}`);
  if (!(value instanceof Text)) {
    const fits = Number((lengthFilter(runtime, value, NO_ARGUMENTS) as Num).value) <= allowed;
    if (fits) return value;
    throw new Failure(`truncate takes a string, not ${typeName(value)}`);
  }
  if (lengthOf(runtime, value.value) <= allowed) return value;
  const cut = sliceUnits(runtime, value, 0, length - shortest);
  if (isTrue(runtime, kill)) return concat([cut, ending]);
  const space = cut.value.lastIndexOf(" ");
  return concat([space < 0 ? cut : sliceText(cut, 0, space), ending]);
};

/** `'%s of %s' | format(a, b)`. */
const format: Builtin = (runtime, value, input) => {
  if (input.positional.length > 0 && input.named.size > 0) {
    throw new Failure("can't handle positional and keyword arguments at the same time");
  }
  const named = new Map(Array.from(input.named, ([name, item]) => [name, { key: new Text(name), value: item }]));
  const values = input.named.size > 0 ? new Dict(named) : new List([...input.positional], "tuple");
  return percentFormat(runtime, asText(runtime, value), values);
};

/** The filters of Jinja2 that make strings of strings. */
export const textFilters: Builtins = new Map<string, Builtin>([
  ["tojson", tojson],
  ["upper", changing("upper", upper)],
  ["lower", changing("lower", lower)],
  ["capitalize", changing("capitalize", capitalize)],
  ["title", changing("title", title)],
  ["string", changing("string", (_, text) => text)],
  [
    "trim",
    (runtime, value, input) => {
      const [characters = null] = bind("trim", input, ["chars"]);
      const set = characters === null ? undefined : textual("trim", characters).value;
      return trim(runtime, asText(runtime, value), "both", set);
    },
  ],
  [
    "replace",
    (runtime, value, input) => {
      const [old, by, count = null] = bind("replace", input, ["old", "new", "count"], 2);
      const limit = count === null ? -1 : whole("replace", count, -1);
      const [part, replacement] = [asText(runtime, old!), asText(runtime, by!)];
      const text = asText(runtime, value);
      const added = text instanceof Markup ? escapeMarkup(runtime, replacement) : replacement;
      return replace(runtime, text, part.value, added, limit < 0 ? undefined : limit);
    },
  ],
  ["indent", indent],
  ["truncate", truncate],
  ["format", format],
  [
    "center",
    (runtime, value, input) => {
      const width = whole("center", bind("center", input, ["width"])[0], 80);
      return padded(runtime, asText(runtime, value), width, centred(width));
    },
  ],
  [
    "wordcount",
    (runtime, value, input) => {
      bind("wordcount", input, []);
      const { value: written } = asText(runtime, value);
      runtime.meter.step(1 + written.length / 16);
      let words = 0;
      for (const _ of written.matchAll(/[\p{L}\p{N}_]+/gu)) words++;
      return integer(words);
    },
  ],
]);

/** `default`: for undefined, and with `boolean` for all that is false. */
export const orDefault: Builtin = (runtime, value, input) => {
  const [otherwise = new Text(""), boolean = false] = bind("default", input, ["default_value", "boolean"]);
  const missing = value instanceof Undefined || (isTrue(runtime, boolean) && !isTrue(runtime, value));
  return missing ? otherwise : value;
};
