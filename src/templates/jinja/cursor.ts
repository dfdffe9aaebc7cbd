import type { Span } from "../../types/index.ts";
import { placeOf, templateError } from "./source.ts";
import type { Token, TokenType } from "./tokens.ts";

/** Blocks and expressions that may stand inside one another. */
export const DEPTH_LIMIT = 200;

const TYPE_WORDS: Readonly<Partial<Record<TokenType, string>>> = {
  end: "the end of the template",
  output_close: '"}}"',
  tag_close: '"%}"',
};

const NEVER: Token = { type: "end", value: "", start: 0, end: 0 };

/** A place in a template's tokens. Every method that moves on throws `template_failed` where the source cannot be read further. */
export class Cursor {
  readonly name: string;
  readonly source: string;
  readonly #tokens: readonly Token[];
  #index = 0;
  #depth = 0;
  /** Where the tag that is being read, or was read last, begins. */
  tagStart = 0;
  /** Loops around this place that `{% break %}` can leave. */
  loops = 0;

  constructor(name: string, source: string, tokens: readonly Token[]) {
    this.name = name;
    this.source = source;
    this.#tokens = tokens;
    this.#refuseError();
  }

  get token(): Token {
    return this.#tokens[this.#index] ?? NEVER;
  }

  /** The token after this one. */
  get following(): Token {
    return this.#tokens[this.#index + 1] ?? NEVER;
  }

  /** Where the last token that was passed ends. */
  get passedEnd(): number {
    return this.#tokens[this.#index - 1]?.end ?? 0;
  }

  /** Passes this token and returns it; the end is never passed. */
  next(): Token {
    const token = this.token;
    if (token.type === "end") return token;
    if (token.type === "tag_open" || token.type === "output_open") this.tagStart = token.start;
    this.#index += 1;
    this.#refuseError();
    return token;
  }

  is(type: TokenType, value?: string): boolean {
    const token = this.token;
    return token.type === type && (value === undefined || token.value === value);
  }

  /** Passes the token if it is the one, and says whether it did. */
  skip(type: TokenType, value: string): boolean {
    const found = this.is(type, value);
    if (found) this.next();
    return found;
  }

  /** Passes the token that must stand here; `expected` is how an error calls it. */
  expect(type: TokenType, expected: string, value?: string): Token {
    if (!this.is(type, value)) this.unexpected(expected);
    return this.next();
  }

  /** Goes one level deeper; undone by `leave`. Not balanced where parsing ends with an error. */
  enter(): void {
    this.#depth += 1;
    if (this.#depth > DEPTH_LIMIT) this.tooDeep(this.token);
  }

  leave(): void {
    this.#depth -= 1;
  }

  /** Ends parsing: something nests deeper than `DEPTH_LIMIT`. */
  tooDeep(span: Span): never {
    const what = `more than ${DEPTH_LIMIT} levels inside one another`;
    const hint = "split the expression with {% set %}";
    throw templateError(this, span, { what, hint, data: { limited: true } });
  }

  /** The span from `start` to the last token passed. */
  spanFrom(start: number): Span {
    return { start, end: this.passedEnd };
  }

  /** Ends parsing: this token may not stand here. */
  unexpected(expected: string): never {
    const token = this.token;
    const found = TYPE_WORDS[token.type] ?? `"${this.source.slice(token.start, token.end)}"`;
    this.fail(`unexpected ${found}, expected ${expected}`, token, this.#hintFor(token));
  }

  /** Ends parsing with `template_failed` at `span`. */
  fail(what: string, span: Span, hint?: string): never {
    throw templateError(this, span, { what, hint });
  }

  /** The line of an offset, for hints. */
  lineOf(offset: number): number {
    return placeOf(this.source, offset).line;
  }

  #refuseError(): void {
    const token = this.token;
    if (token.type === "error") this.fail(token.value, token, token.hint);
  }

  /** A tag that begins inside a tag is a sign that the first was never closed. */
  #hintFor(token: Token): string | undefined {
    if (token.type === "operator" && token.value === "=") return 'values are compared with "=="';
    const isOpener = token.value === "{" && /^\{[{%#]/.test(this.source.slice(token.start, token.start + 2));
    return isOpener ? `the tag of line ${this.lineOf(this.tagStart)} is not closed` : undefined;
  }
}
