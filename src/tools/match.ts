import type { Span } from "../types/index.ts";

/** How old text was found. `exact`: as it stands. `lines`: lines equal but for white space at their ends. `tokens`: equal but for white space. */
export type MatchType = "exact" | "lines" | "tokens";

/** Where old text stands in a text. `spans` has all places of the strictest way that finds any; none: it is not there. */
export interface Match {
  readonly type: MatchType;
  readonly spans: readonly Span[];
}

/** A piece of code that white space cannot stand in: a word, or one other character. */
export interface Token extends Span {
  readonly text: string;
}

/** Longer texts, in characters, are only searched for exact text: splitting them would cost seconds and much memory. */
export const LONGEST_SPLIT = 1_000_000;

const WORD = /^[\p{L}\p{N}_$]/u;

/** Splits text into words and single other characters; white space is between them. */
export function tokens(text: string): Token[] {
  return [...text.matchAll(/[\p{L}\p{N}_$]+|[^\s]/gu)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Finds `old` in `text`, both with `\n` line ends, first exactly, then ever more tolerant of white space. */
export function findPlaces(text: string, old: string): Match {
  const ways = text.length > LONGEST_SPLIT ? WAYS.slice(0, 1) : WAYS;
  for (const [type, find] of ways) {
    const spans = find(text, old);
    if (spans.length > 0) return { type, spans };
  }
  return { type: "tokens", spans: [] };
}

const WAYS: readonly (readonly [MatchType, (text: string, old: string) => Span[]])[] = [
  ["exact", exactPlaces],
  ["lines", linePlaces],
  ["tokens", tokenPlaces],
];

/** Exact places; where there are several but one alone does not cut through a word (`n=1` in `n=10`), that one. */
function exactPlaces(text: string, old: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf(old); at !== -1; at = text.indexOf(old, at + 1)) {
    spans.push({ start: at, end: at + old.length });
  }
  const whole = spans.length > 1 ? spans.filter((span) => !cutsWord(text, span)) : spans;
  return whole.length === 1 ? whole : spans;
}

function cutsWord(text: string, { start, end }: Span): boolean {
  const cuts = (left: string | undefined, right: string | undefined) =>
    left !== undefined && right !== undefined && WORD.test(left) && WORD.test(right);
  return cuts(text[start - 1], text[start]) || cuts(text[end - 1], text[end]);
}

/** Whole lines that equal those of `old` when both are trimmed; blank lines at the ends of `old` do not count. */
function linePlaces(text: string, old: string): Span[] {
  const wanted = trimBlankLines(old)
    .split("\n")
    .map((line) => line.trim());
  if (wanted.every((line) => line === "")) return [];
  const lines = text.split("\n");
  const spans: Span[] = [];
  let start = 0;
  for (let first = 0; first + wanted.length <= lines.length; first += 1) {
    if (wanted.every((line, index) => lines[first + index]!.trim() === line)) {
      const length = lines.slice(first, first + wanted.length).join("\n").length;
      spans.push({ start, end: start + length });
    }
    start += lines[first]!.length + 1;
  }
  return spans;
}

/** Places with the same tokens, however they are spaced; words stay whole. */
function tokenPlaces(text: string, old: string): Span[] {
  const wanted = tokens(old);
  const there = tokens(text);
  const spans: Span[] = [];
  for (let first = 0; wanted.length > 0 && first + wanted.length <= there.length; first += 1) {
    if (wanted.every((token, index) => there[first + index]!.text === token.text)) {
      spans.push({ start: there[first]!.start, end: there[first + wanted.length - 1]!.end });
    }
  }
  return spans;
}

/** Text without the blank lines at its ends. */
export function trimBlankLines(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/, "").replace(/(?:\n[^\S\n]*)+$/, "");
}
