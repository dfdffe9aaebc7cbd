import type { Span } from "../types/index.ts";
import { type MatchType, type Token, tokens, trimBlankLines } from "./match.ts";

/**
 * The text that goes into `span` of `text` in place of what `old` matched there in the way `type` says. White space
 * that the model had wrong in `old` it has wrong in `fresh` too, so the file's own is carried over.
 */
export async function replacementFor(
  text: string,
  span: Span,
  type: MatchType,
  old: string,
  fresh: string,
): Promise<string> {
  if (type === "exact") return fresh;
  const there = text.slice(span.start, span.end);
  if (type === "lines") return reindent(there, trimBlankLines(old), trimBlankLines(fresh));
  return replaceTokens(there, old, fresh);
}

/** A line that is not blank, with its indentation in the old text and in the file. */
interface KnownLine {
  readonly text: string;
  readonly from: string;
  readonly to: string;
}

/** `fresh` with each line's indentation translated as that of `old` was to that of `there`. */
async function reindent(there: string, old: string, fresh: string): Promise<string> {
  const fileLines = there.split("\n");
  const lines = old
    .split("\n")
    .map((line, index) => ({ text: line.trim(), from: indentOf(line), to: indentOf(fileLines[index]!) }))
    .filter(({ text }) => text !== "");
  const freshLines = fresh.split("\n");
  const written = freshLines.filter((line) => line.trim() !== "");
  const indents = (await indentsFor(written, lines)).values();
  return freshLines.map((line) => (line.trim() === "" ? line : indents.next().value! + line.trimStart())).join("\n");
}

/** The indentation that each line of the new text gets in the file; none of them is blank. */
async function indentsFor(fresh: readonly string[], lines: readonly KnownLine[]): Promise<string[]> {
  const known = new Map(lines.map(({ from, to }) => [from, to]));
  if (lines.every(({ from, to }) => known.get(from) === to)) return fresh.map(indentOf).map(translation(known));
  // Where one indentation stands for several, as in text without any, only the line itself tells which is meant.
  const beside = await linesBeside(fresh, lines);
  const isMoved = (line: string, { text, from }: KnownLine) => line.trim() === text && indentOf(line) !== from;
  const isFlat = new Set(fresh.map(indentOf)).size === 1;
  if (!isFlat && fresh.some((line, index) => isMoved(line, beside[index]!))) return shifted(fresh, lines);
  return fresh.map((line, index) => {
    const { from, to } = beside[index]!;
    return translation(new Map([[from, to]]))(indentOf(line));
  });
}

/** The indentation of lines that have their own, moved as a whole so that the first gets that of the first line in the file. */
function shifted(fresh: readonly string[], lines: readonly KnownLine[]): string[] {
  const indents = fresh.map(indentOf);
  const least = Math.min(...indents.map((indent) => indent.length));
  // One space is no level: it aligns the stars of a comment.
  const widths = indents.filter((indent) => /^ *$/.test(indent)).map((indent) => indent.length - least);
  const levels = widths.filter((width) => width > 1);
  const hasTabs = lines.some(({ to }) => to.includes("\t"));
  const tabWidth = hasTabs && levels.length > 0 ? Math.min(...levels) : 0;
  return indents.map(translation(new Map([[indents[0]!, lines[0]!.to]]), tabWidth));
}

/** For each line of the new text the old one that it is, that it replaces, or before which it is put; at the end the last one. */
async function linesBeside(fresh: readonly string[], lines: readonly KnownLine[]): Promise<KnownLine[]> {
  const { diffArrays } = await import("diff");
  const beside: KnownLine[] = [];
  let at = 0;
  /** Index behind the lines that were replaced last. */
  let end = 0;
  const [oldTexts, freshTexts] = [lines.map((line) => line.text), fresh.map((line) => line.trim())];
  for (const { value, added, removed } of diffArrays(oldTexts, freshTexts)) {
    if (removed) end = at + value.length;
    else if (added) {
      const last = Math.min(Math.max(at, end - 1), lines.length - 1);
      beside.push(...value.map((_, index) => lines[Math.min(at + index, last)]!));
    } else {
      at = Math.max(at, end);
      beside.push(...lines.slice(at, at + value.length));
      at += value.length;
    }
  }
  return beside;
}

/** How many spaces stand for a tab of the file; 0 where none do. */
function tabWidthOf(known: ReadonlyMap<string, string>): number {
  const steps = [...known].filter(([from, to]) => /^ +$/.test(from) && /^\t+$/.test(to));
  return steps.length > 0 ? Math.min(...steps.map(([from, to]) => from.length / to.length)) : 0;
}

function translation(known: ReadonlyMap<string, string>, tabWidth = tabWidthOf(known)): (indent: string) => string {
  return (indent) => {
    const base = [...known.keys()].filter((from) => indent.startsWith(from)).sort((a, b) => b.length - a.length)[0];
    if (base === undefined) return shallower(indent, known, tabWidth);
    const rest = indent.slice(base.length);
    return known.get(base)! + (tabWidth >= 1 ? rest.replaceAll(" ".repeat(tabWidth), "\t") : rest);
  };
}

/** An indentation less deep than any known one moves by as much as the shallowest known one does. */
function shallower(indent: string, known: ReadonlyMap<string, string>, tabWidth: number): string {
  const [from, to] = [...known].sort(([a], [b]) => a.length - b.length)[0] ?? [indent, indent];
  return to.slice(0, Math.max(0, to.length - Math.ceil((from.length - indent.length) / Math.max(1, tabWidth))));
}

function indentOf(line: string): string {
  return line.slice(0, line.length - line.trimStart().length);
}

/**
 * `there` with only those tokens changed that differ between `old` and `fresh`. White space that `fresh` took over
 * from `old` stays as it is in `there`, so folded line breaks are kept; white space that is new is taken from `fresh`.
 */
async function replaceTokens(there: string, old: string, fresh: string): Promise<string> {
  const { diffArrays } = await import("diff");
  const [oldTokens, freshTokens] = [tokens(old), tokens(fresh)];
  const oldGaps = gapsBefore(old, oldTokens);
  const freshGaps = gapsBefore(fresh, freshTokens);
  const fileGaps = gapsBefore(there, tokens(there));
  const gap = (wanted: number, ...origins: readonly number[]) => {
    const origin = origins.find((at) => oldGaps[at] === freshGaps[wanted]);
    return wanted === 0 ? "" : origin === undefined ? freshGaps[wanted]! : fileGaps[origin]!;
  };
  let result = "";
  let atOld = 0;
  let atFresh = 0;
  /** Index in `old` after the last kept token: where a run of changes begins. */
  let changed = 0;
  for (const part of diffArrays(texts(oldTokens), texts(freshTokens))) {
    if (part.removed) {
      atOld += part.value.length;
      continue;
    }
    for (const [index, text] of part.value.entries()) {
      const origins = part.added ? (index === 0 ? [changed] : []) : [atOld, changed];
      result += gap(atFresh, ...origins) + text;
      atFresh += 1;
      if (!part.added) changed = atOld += 1;
    }
  }
  return result;
}

function texts(list: readonly Token[]): string[] {
  return list.map((token) => token.text);
}

/** The white space before each token; none before the first. */
function gapsBefore(text: string, list: readonly Token[]): string[] {
  return list.map((token, index) => (index === 0 ? "" : text.slice(list[index - 1]!.end, token.start)));
}
