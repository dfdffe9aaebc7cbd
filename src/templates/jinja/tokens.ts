/**
 * What the lexer makes of a template. `text` is output as it stands; `output_open` … `output_close` are `{{ }}`, `tag_open` …
 * `tag_close` are `{% %}`, `raw` is `{% raw %}`. Comments and `{% endraw %}` leave no token.
 */
export type TokenType =
  | "text"
  | "output_open"
  | "output_close"
  | "tag_open"
  | "tag_close"
  | "raw"
  | "name"
  | "string"
  | "number"
  | "operator"
  /** The source cannot be read from here on: `value` says why. Always the last token. */
  | "error"
  /** The source is over. Always the last token. */
  | "end";

export interface Token {
  readonly type: TokenType;
  /** The characters that count: a string without quotes and escapes, a number without underscores, otherwise the source's own. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** For `error`: what to do about it. */
  readonly hint?: string;
}

/** What cannot be read, found while lexing; becomes an `error` token, so that an earlier mistake is told first. */
export class Unreadable extends Error {
  readonly start: number;
  readonly end: number;
  readonly hint: string | undefined;

  constructor(message: string, start: number, end: number, hint?: string) {
    super(message);
    this.name = "Unreadable";
    this.start = start;
    this.end = end;
    this.hint = hint;
  }
}

/** What Python calls whitespace (`str.isspace`), for a character class of a regular expression; JavaScript's `\s` differs. */
export const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const SPACES = new RegExp(`[${SPACE}]*`, "y");
const ONE_SPACE = new RegExp(`[${SPACE}]`);

/** The offset after the whitespace that begins at `at`. */
export function skipSpaces(source: string, at: number): number {
  SPACES.lastIndex = at;
  SPACES.test(source);
  return SPACES.lastIndex;
}

/** The end of `source[start..end)` without the whitespace it ends with. */
export function trimmedEnd(source: string, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(source[at - 1]!)) at -= 1;
  return at;
}

/** True for one character of whitespace. */
export function isSpace(character: string): boolean {
  return ONE_SPACE.test(character);
}
