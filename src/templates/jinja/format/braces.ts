import { attributeOf, itemOf } from "../access.ts";
import { integer } from "../number-text.ts";
import { asText, repr } from "../print.ts";
import { Failure, type Runtime } from "../runtime.ts";
import { slicer, Text, TextBuilder } from "../text.ts";
import { type Arguments, Undefined, type Value } from "../values.ts";
import { formatValue } from "./spec.ts";

/** `'{} {name:>8} {0[key]!r}'.format(…)`. Throws `Failure` for a field that no argument fills, or a template that does not end. */
export function bracesFormat(runtime: Runtime, format: Text, input: Arguments): Text {
  const fields: Fields = { runtime, input, next: 0 };
  const text = filled(fields, format, 0);
  runtime.meter.string(text.value.length);
  return text;
}

interface Fields {
  readonly runtime: Runtime;
  readonly input: Arguments;
  /** The argument that the next `{}` takes. */
  next: number;
}

const MAX_DEPTH = 2;

function filled(fields: Fields, format: Text, depth: number): Text {
  if (depth > MAX_DEPTH) throw new Failure("Max string recursion exceeded");
  const { value } = format;
  fields.runtime.meter.step(value.length / 16);
  const builder = new TextBuilder();
  const slice = slicer(format);
  let start = 0;
  for (let at = 0; at < value.length; at++) {
    const sign = value[at];
    if (sign !== "{" && sign !== "}") continue;
    builder.add(slice(start, at));
    if (value[at + 1] === sign) {
      builder.add(slice(at, at + 1));
      at++;
    } else {
      if (sign === "}") throw new Failure("Single '}' encountered in format string");
      const end = closing(value, at);
      builder.add(field(fields, slice(at + 1, end), depth));
      at = end;
    }
    start = at + 1;
    fields.runtime.meter.step();
    fields.runtime.meter.string(builder.length);
  }
  builder.add(slice(start));
  return builder.text();
}

function closing(value: string, open: number): number {
  let depth = 0;
  for (let at = open; at < value.length; at++) {
    if (value[at] === "{") depth++;
    if (value[at] === "}" && --depth === 0) return at;
  }
  throw new Failure("expected '}' before end of string");
}

const FIELD = /^([^!:{]*)(?:!([rsa]))?(?::([\s\S]*))?$/;

function field(fields: Fields, text: Text, depth: number): Text {
  const match = FIELD.exec(text.value);
  if (!match) throw new Failure(`unknown format field '{${text.value}}'`);
  const [, path = "", conversion, spec = ""] = match;
  const { runtime } = fields;
  const value = valueAt(fields, path);
  const converted = conversion === undefined ? value : (conversion === "s" ? asText : repr)(runtime, value);
  const layout = spec.includes("{") ? filled(fields, new Text(spec), depth + 1).value : spec;
  return formatValue(runtime, converted, layout);
}

function valueAt(fields: Fields, path: string): Value {
  const { runtime, input } = fields;
  const [first = ""] = /^[^.[]*/.exec(path) ?? [];
  let value = first === "" ? input.positional[fields.next++] : argument(input, first);
  if (value === undefined) {
    throw new Failure(
      /^\d*$/.test(first) ? "Replacement index is out of range for positional args" : `KeyError: '${first}'`,
    );
  }
  for (const [, name, index] of path.slice(first.length).matchAll(/\.([^.[]+)|\[([^\]]+)\]/g)) {
    const key = /^\d+$/.test(index ?? "") ? integer(Number(index)) : new Text(index ?? "");
    const found: Value | undefined =
      name === undefined ? itemOf(runtime, value, key) : attributeOf(runtime, value, name);
    if (found === undefined || found instanceof Undefined) throw new Failure(`nothing at '${path}' to format`);
    value = found;
  }
  return value;
}

function argument(input: Arguments, name: string): Value | undefined {
  return /^\d+$/.test(name) ? input.positional[Number(name)] : input.named.get(name);
}
