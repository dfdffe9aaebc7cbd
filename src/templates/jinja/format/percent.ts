import { escapeMarkup } from "../markup.ts";
import { asText, repr } from "../print.ts";
import { Failure, type Runtime } from "../runtime.ts";
import { isInteger, numeric } from "../scalars.ts";
import { Markup, slicer, type Text, TextBuilder } from "../text.ts";
import { typeName } from "../type-names.ts";
import { Dict, List, Num, Undefined, type Value } from "../values.ts";
import { formatNumber, formatText, type Layout } from "./spec.ts";

const CONVERSION = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?[hlL]?([a-zA-Z%])?/g;

/** `format % values`, as C's printf has it. Throws `Failure` for values too few, too many or of the wrong type. */
export function percentFormat(runtime: Runtime, format: Text, values: Value): Text {
  runtime.meter.step(format.value.length / 16);
  const builder = new TextBuilder();
  const rest = values instanceof List && values.kind === "tuple" ? [...values.items] : [values];
  const named = values instanceof Dict ? values : undefined;
  // What has items and is no tuple counts as a mapping, all of whose items need not be used.
  let usedNames =
    named !== undefined ||
    values instanceof Undefined ||
    (values instanceof List && (values.kind === "list" || values.kind === "range"));
  const next = (): Value => {
    const value = rest.shift();
    if (value === undefined) throw new Failure("not enough arguments for format string");
    return value;
  };
  const slice = slicer(format);
  let start = 0;
  for (const match of format.value.matchAll(CONVERSION)) {
    const [written, name, flags = "", width, precision, letter] = match;
    runtime.meter.step();
    builder.add(slice(start, match.index));
    start = match.index + written.length;
    if (letter === undefined) throw new Failure("incomplete format");
    if (letter === "%") {
      builder.write("%");
      continue;
    }
    const wide = width === "*" ? numberOf(next()) : Number(width ?? 0);
    const exact = precision === "*" ? numberOf(next()) : precision === undefined ? undefined : Number(precision);
    if (name !== undefined && !named) throw new Failure("format requires a mapping");
    if (name !== undefined) usedNames = true;
    const value = name === undefined ? next() : keyed(named!, name);
    const hasDot = written.includes(".");
    const layout: Layout = {
      align: flags.includes("-") ? "<" : flags.includes("0") && letter !== "s" && letter !== "r" ? "=" : ">",
      fill: flags.includes("0") && !flags.includes("-") && letter !== "s" && letter !== "r" ? "0" : " ",
      sign: flags.includes("+") ? "+" : flags.includes(" ") ? " " : "-",
      alternate: flags.includes("#"),
      width: wide,
      grouping: "",
      precision: hasDot ? (exact ?? 0) : undefined,
      type: letter,
    };
    builder.add(converted(runtime, value, layout, format instanceof Markup));
    runtime.meter.string(builder.length);
  }
  builder.add(slice(start));
  if (rest.length > 0 && !usedNames) throw new Failure("not all arguments converted during string formatting");
  const text = builder.text();
  return format instanceof Markup ? new Markup(text.value, text.source) : text;
}

function converted(runtime: Runtime, value: Value, layout: Layout, escapes: boolean): Text {
  const { type } = layout;
  const plain = { ...layout, type: "" };
  if (type === "s" || type === "r" || type === "a") {
    const text = type === "s" ? asText(runtime, value) : repr(runtime, value);
    return formatText(runtime, escapes ? escapeMarkup(runtime, text) : text, plain);
  }
  if (type === "c" && !(value instanceof Num)) return formatText(runtime, asText(runtime, value), plain);
  if (!"diuoxXeEfFgGc".includes(type)) throw new Failure(`unsupported format character '${type}'`);
  const number = numeric(value);
  if (number === undefined) throw new Failure(`%${type} format: a real number is required, not ${typeName(value)}`);
  const isFloat = value instanceof Num && value.isFloat;
  const origin = value instanceof Num ? value.origin : undefined;
  if ("diu".includes(type)) {
    const integer = isFloat ? BigInt(Math.trunc(Number(number))) : number;
    return formatNumber(runtime, new Num(integer, false, undefined, origin), {
      ...layout,
      type: "d",
      precision: undefined,
    });
  }
  return formatNumber(runtime, new Num(number, isFloat, undefined, origin), {
    ...layout,
    precision: "oxXc".includes(type) ? undefined : (layout.precision ?? 6),
  });
}

function keyed(values: Dict, name: string): Value {
  const value = values.entries.get(name)?.value;
  if (value === undefined) throw new Failure(`KeyError: '${name}'`);
  return value;
}

function numberOf(value: Value): number {
  if (isInteger(value)) return Number(value.value);
  throw new Failure("* wants int");
}
