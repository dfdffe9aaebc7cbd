import type { Origin } from "./origin.ts";
import type { Meter } from "./runtime.ts";

/** A stretch of characters of one origin. */
export interface Run {
  /** UTF-16 units; never 0. */
  readonly length: number;
  /** Undefined for template text. */
  readonly origin: Origin | undefined;
}

/** A string that knows where each of its characters came from. Immutable. */
export class Text {
  /** The characters, to put them after others; whatever looks at them takes `value`. */
  readonly rope: string;
  /** One origin for all of it, or runs that cover `value` exactly. */
  readonly source: Origin | undefined | readonly Run[];
  /** Where the first look at the characters, which makes one string of the pieces of a rope, has yet to be counted. */
  private unread: Meter | undefined;

  constructor(rope: string, source?: Origin | readonly Run[], unread?: Meter) {
    this.rope = rope;
    this.source = source;
    this.unread = unread;
  }

  /** The characters. Throws `Failure` where the first look at them passes a limit. */
  get value(): string {
    if (this.unread) {
      this.unread.flatten(this.rope.length);
      this.unread = undefined;
    }
    return this.rope;
  }

  /** UTF-16 units. */
  get length(): number {
    return this.rope.length;
  }
}

/** Python's `Markup`, which `safe` and `escape` make: what is added to it gets escaped. */
export class Markup extends Text {}

export const EMPTY = new Text("");

const isRuns = (source: Text["source"]): source is readonly Run[] => Array.isArray(source);

/** The runs of a text; none for an empty one. */
export function runsOf(text: Text): readonly Run[] {
  if (isRuns(text.source)) return text.source;
  return text.length === 0 ? [] : [{ length: text.length, origin: text.source }];
}

/** How many runs the texts have together. */
export function runCount(texts: readonly Text[]): number {
  let count = 0;
  for (const { source } of texts) count += isRuns(source) ? source.length : 1;
  return count;
}

/** Puts texts after one another. The caller has metered the length, or gives the meter that counts it once the result is read. */
export function concat(texts: readonly Text[], unread?: Meter): Text {
  if (texts.length === 1) return texts[0]!;
  const builder = new TextBuilder();
  for (const text of texts) builder.add(text);
  return builder.text(unread);
}

/** Collects pieces of a text; neighbours of one origin become one run. */
export class TextBuilder {
  private value = "";
  private readonly runs: Run[] = [];
  private last: Run | undefined;

  /** Characters collected so far, in UTF-16 units. */
  get length(): number {
    return this.value.length;
  }

  add(text: Text): void {
    if (text.length === 0) return;
    if (isRuns(text.source)) for (const run of text.source) this.run(run);
    else this.run({ length: text.length, origin: text.source });
    this.value += text.rope;
  }

  /** Adds characters of one origin. */
  write(value: string, origin?: Origin): void {
    if (value === "") return;
    this.run({ length: value.length, origin });
    this.value += value;
  }

  text(unread?: Meter): Text {
    if (!this.last) return EMPTY;
    if (this.runs.length === 0) return new Text(this.value, this.last.origin, unread);
    return new Text(this.value, [...this.runs, this.last], unread);
  }

  /** Keeps the run itself where it can: a text that is repeated a million times shares its runs. */
  private run(run: Run): void {
    const { last } = this;
    if (last && last.origin === run.origin) {
      this.last = { length: last.length + run.length, origin: run.origin };
      return;
    }
    if (last) this.runs.push(last);
    this.last = run;
  }
}

/** The characters from `start` to before `end`, in UTF-16 units. */
export function sliceText(text: Text, start: number, end = text.length): Text {
  if (start === 0 && end === text.length) return text;
  return slices(text, [[start, end]])[0]!;
}

/** Several stretches of a text, ascending and not overlapping, in one pass over its runs. */
export function slices(text: Text, bounds: readonly (readonly [start: number, end: number])[]): Text[] {
  const slice = slicer(text);
  return bounds.map(([start, end]) => slice(start, end));
}

/** Gives one stretch after another, ascending and not overlapping; together they pass over the runs once. */
export function slicer(text: Text): (start: number, end?: number) => Text {
  const { value, source } = text;
  if (!isRuns(source)) return (start, end) => new Text(value.slice(start, end), source);
  let index = 0;
  let runStart = 0;
  return (start, end = value.length) => {
    while (index < source.length && runStart + source[index]!.length <= start) runStart += source[index++]!.length;
    const runs: Run[] = [];
    let position = runStart;
    for (let at = index; at < source.length && position < end; at++) {
      const run = source[at]!;
      const length = Math.min(end, position + run.length) - Math.max(start, position);
      if (length > 0) runs.push({ length, origin: run.origin });
      position += run.length;
    }
    return new Text(value.slice(start, end), runs.length === 1 ? runs[0]!.origin : runs);
  };
}

/** A text whose characters were changed one for one, or run by run where the number of characters changes (`ß` to `SS`). */
export function mapText(text: Text, change: (value: string) => string): Text {
  const whole = change(text.value);
  if (!isRuns(text.source) || whole.length === text.value.length) return new Text(whole, text.source);
  const builder = new TextBuilder();
  let start = 0;
  for (const { length, origin } of text.source) {
    builder.write(change(text.value.slice(start, start + length)), origin);
    start += length;
  }
  return builder.text();
}

/** The origin that all characters share; undefined where they have several, or come from the template. */
export function originOf(text: Text): Origin | undefined {
  return isRuns(text.source) ? undefined : text.source;
}
