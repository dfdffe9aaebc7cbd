import type { RefusedToken } from "../refused.ts";
import { type Token, trimmedEnd } from "../tokens.ts";

/** Escapes that `lexer::escape_chars` knows. */
const ESCAPES: ReadonlySet<string> = new Set(["n", "t", "r", "b", "f", "v", "\\", "'", '"']);
const OPERATORS: ReadonlySet<string> = new Set(["//", "**", ";"]);
const LARGEST_INTEGER = 2n ** 63n - 1n;
/** After these a sign is a sign, for the language; that lexer takes every word for a value and the sign for an operator. */
const KEYWORDS: ReadonlySet<string> = new Set(["if", "elif", "else", "in", "not", "and", "or", "do", "print"]);

/** What the lexer of llama.cpp, or its parser at the next token, refuses (`common/jinja/lexer.cpp`, `parser.cpp`, August 2026). */
export const LLAMA_TOKENS: readonly RefusedToken[] = [
  { what: "{% raw %}", is: ({ type }) => type === "raw" },
  { what: "an operator it does not have", is: ({ type, value }) => type === "operator" && OPERATORS.has(value) },
  { what: "a + sign at the edge of a tag", is: keepsSpace },
  {
    what: 'a ":" before "%}"',
    is: ({ type, value }, { after }) => isOperator({ type, value }, ":") && after.type === "tag_close",
  },
  { what: "an escape it does not have", is: hasOtherEscape },
  { what: "a name with letters beyond ASCII", is: ({ type, value }) => type === "name" && /[^\x00-\x7f]/.test(value) },
  { what: "a number that is not plain digits", is: isUnusualNumber },
  { what: "a sign after a keyword", is: isSignAfterKeyword },
  { what: "a sign where it expects a number right after, or a value before", is: isLooseSign, until: 11549 },
];

function isOperator({ type, value }: Pick<Token, "type" | "value">, operator: string): boolean {
  return type === "operator" && value === operator;
}

/** `{{+1}}` is a number with its sign there. */
function keepsSpace({ type, value }: Token, { after }: { readonly after: Token }): boolean {
  if (type === "tag_close") return value.startsWith("+");
  if (type === "output_open") return value.endsWith("+") && after.type !== "number";
  return type === "tag_open" && value.endsWith("+");
}

function hasOtherEscape({ type, start, end }: Token, { source }: { readonly source: string }): boolean {
  if (type !== "string") return false;
  return source
    .slice(start, end)
    .matchAll(/\\([\s\S])/g)
    .some(([, letter]) => !ESCAPES.has(letter!));
}

function isUnusualNumber({ type, start, end }: Token, { source }: { readonly source: string }): boolean {
  if (type !== "number") return false;
  const written = source.slice(start, end);
  if (!/^\d+(\.\d+)?$/.test(written)) return true;
  return !written.includes(".") && BigInt(written) > LARGEST_INTEGER;
}

interface Around {
  readonly before: Token;
  readonly after: Token;
  readonly source: string;
}

const isSign = (token: Token) => isOperator(token, "-") || isOperator(token, "+");

function isSignAfterKeyword(token: Token, { before, source }: Around): boolean {
  return isSign(token) && before.type === "name" && KEYWORDS.has(before.value) && !isAttribute(before, source);
}

function isLooseSign(token: Token, { before, after }: Around): boolean {
  if (!isSign(token)) return false;
  if (before.type === "name" || before.type === "number" || before.type === "string") return false;
  if (isOperator(before, ")") || isOperator(before, "]")) return false;
  return isOperator(before, "}") || after.type !== "number" || after.start !== token.end;
}

function isAttribute(name: Token, source: string): boolean {
  return source[trimmedEnd(source, 0, name.start) - 1] === ".";
}
