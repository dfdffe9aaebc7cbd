import { HalterError, type Span } from "../../types/index.ts";

/** A place as people count: lines from 1, columns from 1 in characters (not UTF-16 units). */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Characters of one line that an excerpt shows: chat templates are often a single line of thousands. */
const EXCERPT_WIDTH = 100;
/** Of these, at most so many stand before the place meant. */
const EXCERPT_LEAD = 60;

/** Offsets at which the lines of `source` begin; the first is 0. */
export function lineStarts(source: string): readonly number[] {
  const starts = [0];
  for (let at = source.indexOf("\n"); at !== -1; at = source.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The 1-based line that `offset` lies in, by the result of `lineStarts`. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

/** Where `offset` is; an offset past the end is the end. */
export function placeOf(source: string, offset: number): Place {
  const starts = lineStarts(source);
  const line = lineAt(starts, Math.min(offset, source.length));
  return { line, column: [...source.slice(starts[line - 1], offset)].length + 1 };
}

/**
 * The line before, the line of the span's start with its number, and carets under the span as far as it runs on that line. Long lines
 * are cut around the span; control characters show as pictures, so that a template cannot steer a terminal.
 */
export function excerpt(source: string, span: Span): string {
  const lines = source.split("\n", lineAt(lineStarts(source), span.start));
  const last = lines.length - 1;
  const before = lines.slice(0, last).reduce((sum, line) => sum + line.length + 1, 0);
  const rest = source.indexOf("\n", before);
  const text = source.slice(before, rest === -1 ? source.length : rest);
  const from = span.start - before;
  const to = Math.max(from + 1, Math.min(span.end - before, text.length));
  const cut = Math.max(0, text.length > EXCERPT_WIDTH ? from - EXCERPT_LEAD : 0);
  const shown = clip(text, cut);
  const lead = (cut > 0 ? 1 : 0) + [...text.slice(cut, from)].length;
  const carets = Math.max(1, Math.min([...text.slice(from, to)].length, EXCERPT_WIDTH - lead));
  const width = String(last + 1).length;
  const row = (number: string, content: string) => ` ${number.padStart(width)} | ${content}`.trimEnd();
  const rows = [row(String(last + 1), shown), row("", " ".repeat(lead) + "^".repeat(carets))];
  if (last > 0) rows.unshift(row(String(last), clip(lines[last - 1]!, 0)));
  return rows.join("\n");
}

/** What a failure in a template says besides its place. */
export interface TemplateProblem {
  /** What is wrong, without a full stop: `unknown tag "fro"`. */
  readonly what: string;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  /** Goes into the error's data beside line, column and excerpt. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The one way to say that a template failed: `template_failed` with its place and an excerpt in message and data. */
export function templateError(
  template: { readonly name: string; readonly source: string },
  span: Span,
  problem: TemplateProblem,
): HalterError {
  const { line, column } = placeOf(template.source, span.start);
  const shown = excerpt(template.source, span);
  const message = `${problem.what} in ${template.name}, line ${line}, column ${column}\n${shown}`;
  return new HalterError("template_failed", message, {
    ...(problem.hint === undefined ? {} : { hint: problem.hint }),
    cause: problem.cause,
    data: { ...problem.data, line, column, excerpt: shown },
  });
}

function clip(line: string, from: number): string {
  const part = line.slice(from, from + EXCERPT_WIDTH);
  return visible(`${from > 0 ? "…" : ""}${part}${from + EXCERPT_WIDTH < line.length ? "…" : ""}`);
}

function visible(text: string): string {
  return text
    .replaceAll("\t", " ")
    .replace(/[\x00-\x1f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
    .replace(/[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "\ufffd");
}
