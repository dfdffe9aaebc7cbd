import { quirksOf } from "./quirks.ts";
import type { Runtime } from "./runtime.ts";
import { concat, EMPTY, originOf, runCount, runsOf, slicer, slices, sliceText, Text, TextBuilder } from "./text.ts";

export type Side = "left" | "right" | "both";

/** `strip`, `lstrip`, `rstrip`: takes away white space, or the characters of `characters`. */
export function trim(runtime: Runtime, text: Text, side: Side = "both", characters?: string): Text {
  const { value } = text;
  runtime.meter.step(1 + value.length / 64);
  const { space } = quirksOf(runtime);
  runtime.meter.step((characters?.length ?? 0) / 4);
  const set = characters === undefined ? undefined : new Set(characters);
  const goes = (character: string) => (set ? set.has(character) : space.test(character));
  let start = 0;
  let end = value.length;
  if (side !== "right")
    while (start < end && goes(characterAt(value, start))) start += characterAt(value, start).length;
  if (side !== "left")
    while (end > start && goes(characterBefore(value, end))) end -= characterBefore(value, end).length;
  runtime.meter.step((start + value.length - end) / 4);
  return sliceText(text, start, end);
}

/** Where `part` stands in `value`, one after another without overlapping, at most `limit` times. An empty part stands everywhere. */
export function occurrences(runtime: Runtime, value: string, part: string, limit = Number.POSITIVE_INFINITY): number[] {
  runtime.meter.search(value.length, part.length);
  const found: number[] = [];
  let at = value.indexOf(part);
  while (at >= 0 && found.length < limit) {
    runtime.meter.step();
    found.push(at);
    // After an empty part comes the next character; after the last one, nothing.
    const next = at + (part === "" ? characterAt(value, at).length : part.length);
    at = next > value.length || (part === "" && next === at) ? -1 : value.indexOf(part, next);
  }
  return found;
}

/**
 * Replaces the first `limit` occurrences of `part`. New characters keep the origin they have in `by`, but in place of input they are input:
 * a template that writes a marker where somebody wrote another one has not decided that there should be one.
 */
export function replace(runtime: Runtime, text: Text, part: string, by: Text, limit?: number): Text {
  const { value } = text;
  const found = occurrences(runtime, value, part, limit);
  if (found.length === 0) return text;
  runtime.meter.string(value.length + found.length * (by.value.length - part.length));
  runtime.meter.runs(runCount([text]) + found.length * runCount([by]));
  const slice = slicer(text);
  const builder = new TextBuilder();
  let start = 0;
  for (const at of found) {
    builder.add(slice(start, at));
    start = at + part.length;
    const origin = runsOf(slice(at, start)).find((run) => run.origin)?.origin;
    if (origin) builder.write(by.value, origin);
    else builder.add(by);
  }
  builder.add(slice(start));
  return builder.text();
}

/** Splits at `separator`, at most `limit` times, from the left. */
export function split(runtime: Runtime, text: Text, separator: string, limit?: number): Text[] {
  return cut(runtime, text, occurrences(runtime, text.value, separator, limit), separator.length);
}

/** Splits at `separator`, at most `limit` times, from the right. */
export function splitFromRight(
  runtime: Runtime,
  text: Text,
  separator: string,
  limit = Number.POSITIVE_INFINITY,
): Text[] {
  runtime.meter.search(text.value.length, separator.length);
  const found: number[] = [];
  let end = text.value.length - separator.length;
  while (end >= 0 && found.length < limit) {
    const at = text.value.lastIndexOf(separator, end);
    if (at < 0) break;
    runtime.meter.step();
    found.push(at);
    end = at - separator.length;
  }
  return cut(runtime, text, found.reverse(), separator.length);
}

/** One text after the other. JavaScript copies neither until somebody reads the whole; only then does it cost its length. */
export function append({ meter }: Runtime, a: Text, b: Text): Text {
  meter.append(a.length, b.length, runsOf(a).length + runsOf(b).length);
  return concat([a, b], meter);
}

/** Puts `separator` between texts. */
export function join(runtime: Runtime, texts: readonly Text[], separator: Text): Text {
  let length = separator.length * Math.max(0, texts.length - 1);
  for (const text of texts) length += text.length;
  runtime.meter.string(length);
  runtime.meter.step(texts.length);
  runtime.meter.runs(runCount(texts) + runCount([separator]) * Math.max(0, texts.length - 1));
  if (texts.length === 0) return EMPTY;
  if (separator.length === 0) return concat(texts);
  const builder = new TextBuilder();
  for (const [index, text] of texts.entries()) {
    if (index > 0) builder.add(separator);
    builder.add(text);
  }
  return builder.text();
}

/** The characters from the last to the first, each with its origin. */
export function reverse(runtime: Runtime, text: Text): Text {
  runtime.meter.step(text.value.length);
  const turned = (value: string) => [...value].reverse().join("");
  const builder = new TextBuilder();
  let end = text.value.length;
  for (const { length, origin } of runsOf(text).toReversed()) {
    builder.write(turned(text.value.slice(end - length, end)), origin);
    end -= length;
  }
  return builder.text();
}

/** `text * times`. */
export function repeat(runtime: Runtime, text: Text, times: number): Text {
  if (times <= 0 || text.value === "") return EMPTY;
  runtime.meter.string(text.value.length * times);
  runtime.meter.step((text.value.length * times) / 64);
  if (!Array.isArray(text.source)) return new Text(text.value.repeat(times), originOf(text));
  runtime.meter.runs(runCount([text]) * times);
  const builder = new TextBuilder();
  for (let count = 0; count < times; count++) builder.add(text);
  return builder.text();
}

function cut(runtime: Runtime, text: Text, found: readonly number[], width: number): Text[] {
  runtime.meter.list(found.length + 1);
  return slices(text, between(found, width, text.value.length));
}

/** The stretches around the places found. */
function between(found: readonly number[], width: number, length: number): [number, number][] {
  const bounds: [number, number][] = [];
  let start = 0;
  for (const at of found) {
    bounds.push([start, at]);
    start = at + width;
  }
  bounds.push([start, length]);
  return bounds;
}

/** The code point that begins at a UTF-16 offset; "" at the end. */
export function characterAt(value: string, index: number): string {
  const code = value.codePointAt(index);
  return code === undefined ? "" : String.fromCodePoint(code);
}

/** The code point that ends before a UTF-16 offset. */
export function characterBefore(value: string, end: number): string {
  const code = value.codePointAt(end - 2);
  return code !== undefined && code > 0xffff && end >= 2 ? String.fromCodePoint(code) : value[end - 1]!;
}
