import { quirksOf } from "./quirks.ts";
import type { Runtime } from "./runtime.ts";
import { concat, EMPTY, originOf, slices, sliceText, Text, TextBuilder } from "./text.ts";

export type Side = "left" | "right" | "both";

/** `strip`, `lstrip`, `rstrip`: takes away white space, or the characters of `characters`. */
export function trim(runtime: Runtime, text: Text, side: Side = "both", characters?: string): Text {
  const { value } = text;
  runtime.meter.step(1 + value.length / 64);
  const { space } = quirksOf(runtime);
  const set = characters === undefined ? undefined : new Set(characters);
  const goes = (character: string) => (set ? set.has(character) : space.test(character));
  let start = 0;
  let end = value.length;
  if (side !== "right")
    while (start < end && goes(characterAt(value, start))) start += characterAt(value, start).length;
  if (side !== "left")
    while (end > start && goes(characterBefore(value, end))) end -= characterBefore(value, end).length;
  return sliceText(text, start, end);
}

/** Where `part` stands in `value`, one after another without overlapping, at most `limit` times. An empty part stands everywhere. */
export function occurrences(value: string, part: string, limit = Number.POSITIVE_INFINITY): number[] {
  const found: number[] = [];
  if (part === "") {
    let at = 0;
    for (const { length } of value) {
      if (found.length >= limit) return found;
      found.push(at);
      at += length;
    }
    if (found.length < limit) found.push(at);
    return found;
  }
  for (let at = value.indexOf(part); at >= 0 && found.length < limit; at = value.indexOf(part, at + part.length))
    found.push(at);
  return found;
}

/** Replaces the first `limit` occurrences of `part`; the new characters keep the origin they have in `by`. */
export function replace(runtime: Runtime, text: Text, part: string, by: Text, limit?: number): Text {
  const { value } = text;
  runtime.meter.search(value.length, part.length);
  const found = occurrences(value, part, limit);
  if (found.length === 0) return text;
  runtime.meter.string(value.length + found.length * (by.value.length - part.length));
  runtime.meter.step(found.length);
  const kept = between(found, part.length, value.length);
  const builder = new TextBuilder();
  for (const [index, piece] of slices(text, kept).entries()) {
    if (index > 0) builder.add(by);
    builder.add(piece);
  }
  return builder.text();
}

/** Splits at `separator`, at most `limit` times, from the left. */
export function split(runtime: Runtime, text: Text, separator: string, limit?: number): Text[] {
  runtime.meter.search(text.value.length, separator.length);
  return cut(runtime, text, occurrences(text.value, separator, limit), separator.length);
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
    found.push(at);
    end = at - separator.length;
  }
  return cut(runtime, text, found.reverse(), separator.length);
}

/** Puts `separator` between texts. */
export function join(runtime: Runtime, texts: readonly Text[], separator: Text): Text {
  let length = separator.value.length * Math.max(0, texts.length - 1);
  for (const text of texts) length += text.value.length;
  runtime.meter.string(length);
  runtime.meter.step(texts.length);
  if (texts.length === 0) return EMPTY;
  if (separator.value === "") return concat(texts);
  const builder = new TextBuilder();
  for (const [index, text] of texts.entries()) {
    if (index > 0) builder.add(separator);
    builder.add(text);
  }
  return builder.text();
}

/** `text * times`. */
export function repeat(runtime: Runtime, text: Text, times: number): Text {
  if (times <= 0 || text.value === "") return EMPTY;
  runtime.meter.string(text.value.length * times);
  runtime.meter.step((text.value.length * times) / 64);
  if (!Array.isArray(text.source)) return new Text(text.value.repeat(times), originOf(text));
  const builder = new TextBuilder();
  for (let count = 0; count < times; count++) builder.add(text);
  return builder.text();
}

function cut(runtime: Runtime, text: Text, found: readonly number[], width: number): Text[] {
  runtime.meter.step(1 + text.value.length / 64 + found.length);
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

function characterAt(value: string, index: number): string {
  return String.fromCodePoint(value.codePointAt(index)!);
}

function characterBefore(value: string, end: number): string {
  const code = value.codePointAt(end - 2);
  return code !== undefined && code > 0xffff && end >= 2 ? String.fromCodePoint(code) : value[end - 1]!;
}
