/** The most white space that an opening may contain: what is held back stays bounded. */
const SPACE_LIMIT = 64;

const isSpace = (character: string): boolean =>
  character === " " || character === "\n" || character === "\t" || character === "\r";

/** True for the white space that may lie around markers; other Unicode spaces are text. */
export const isBlank = (text: string, at: number): boolean => isSpace(text.charAt(at));

/** Where the white space from `at` ends, at most `SPACE_LIMIT` characters on. */
export function skipSpace(text: string, at: number): number {
  const limit = Math.min(text.length, at + SPACE_LIMIT);
  while (at < limit && isSpace(text.charAt(at))) at++;
  return at;
}

/** Whether `literal` stands at `at`: `more` where the text ends inside it. */
export function literalAt(text: string, at: number, literal: string): "yes" | "no" | "more" {
  if (text.startsWith(literal, at)) return "yes";
  const left = text.length - at;
  return left < literal.length && literal.startsWith(text.slice(at)) ? "more" : "no";
}

/**
 * The first of `literals` that stands at `at`; undefined for none, `more` where one of them may still come and the text is not
 * `final`. A literal that begins with another one has to stand before it.
 */
export function anyLiteralAt(
  text: string,
  at: number,
  literals: readonly string[],
  final = false,
): string | "more" | undefined {
  for (const literal of literals) {
    const look = literalAt(text, at, literal);
    if (look === "yes") return literal;
    if (look === "more" && !final) return "more";
  }
  return undefined;
}

/** The longest name of a tool that is looked at. */
const NAME_LIMIT = 128;

/** Where the word that may be a tool's name ends, at most `NAME_LIMIT` characters on; `from` where none begins. */
export function nameEnd(text: string, from: number): number {
  const limit = Math.min(text.length, from + NAME_LIMIT);
  let end = from;
  while (end < limit && /[^\s<>{}[\]()"'`\\,;=]/.test(text.charAt(end))) end++;
  return end;
}

/** A line of a code fence; `length`: how many backticks it has, `end`: behind its line break. */
export interface Fence {
  readonly length: number;
  readonly info: string;
  readonly end: number;
}

/** Whether a line of a code fence stands at `at`: opening it with an info string, or bare as its end is. `final`: no text follows. */
export function fenceAt(text: string, at: number, final: boolean): "more" | "no" | Fence {
  const look = literalAt(text, at, FENCE);
  if (look !== "yes") return look;
  let start = at + FENCE.length;
  while (start < at + FENCE_LIMIT && text.charAt(start) === "`") start++;
  const limit = start + INFO_LIMIT;
  let end = start;
  while (end < text.length && end < limit && !"\n`<".includes(text.charAt(end))) end++;
  if (end === limit || text[end] === "`" || text[end] === "<") return "no";
  if (end === text.length && !final) return "more";
  return { length: start - at, info: text.slice(start, end).trim(), end: end + 1 };
}

/** How many backticks a literal begins with, where they are those of a code fence; else 0. */
export function fenceLength(literal: string): number {
  return literal.startsWith(FENCE) ? /^`+/.exec(literal)![0].length : 0;
}

/** The shortest code fence. */
const FENCE = "```";

/** The most backticks of a code fence that are looked at. */
const FENCE_LIMIT = 16;

/** The longest info string of a code fence that is looked at. */
const INFO_LIMIT = 32;

/** Every first character of `literals`, each once. */
export const firstsOf = (literals: readonly string[]): string =>
  [...new Set(literals.map((literal) => literal.charAt(0)))].join("");

/** The longest key that is looked at. */
const KEY_LIMIT = 24;

/** The most characters that lines of comment before a key may have. */
const COMMENT_LIMIT = 256;

/** Where white space and lines of `//` comment from `from` end; `more` where the text ends in them, undefined where they are too long. */
function skipComments(text: string, from: number): number | "more" | undefined {
  const window = text.slice(0, from + COMMENT_LIMIT);
  for (let at = skipSpace(window, from); ; ) {
    if (at === text.length) return "more";
    const look = literalAt(text, at, "//");
    if (look !== "yes") return look === "more" ? "more" : at;
    const end = window.indexOf("\n", at);
    if (end < 0) return window.length < text.length ? undefined : "more";
    at = skipSpace(window, end);
  }
}

/** The quoted key, its colon included, that stands after white space and comments at `from`; `end` is behind the colon. */
export function keyAt(text: string, from: number): "more" | undefined | { readonly key: string; readonly end: number } {
  const at = skipComments(text, from);
  if (at === undefined || at === "more") return at;
  const quote = text.charAt(at);
  if (quote !== '"' && quote !== "'") return undefined;
  let end = at + 1;
  while (end < text.length && end - at <= KEY_LIMIT && /\w/.test(text.charAt(end))) end++;
  if (end >= text.length) return "more";
  if (text.charAt(end) !== quote) return undefined;
  const colon = skipSpace(text, end + 1);
  if (colon >= text.length) return "more";
  return text.charAt(colon) === ":" ? { key: text.slice(at + 1, end), end: colon + 1 } : undefined;
}
