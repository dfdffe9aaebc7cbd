import { lexCode, type TagKind } from "./lexer-code.ts";
import { isSpace, SPACE, skipSpaces, type Token, trimmedEnd, Unreadable } from "./tokens.ts";

const OUTPUT: TagKind = { open: "output_open", close: "output_close", opener: "{{", mark: "}}", signs: "-" };
const TAG: TagKind = { open: "tag_open", close: "tag_close", opener: "{%", mark: "%}", signs: "-+" };

const RAW = new RegExp(`\\{%[-+]?[${SPACE}]*raw[${SPACE}]*(-?)%\\}`, "y");
const END_RAW = new RegExp(`\\{%([-+]?)[${SPACE}]*endraw[${SPACE}]*([-+]?)%\\}`, "g");

/**
 * The tokens of a template, in order, with whitespace already taken away as Jinja2 3.1 does it with trim_blocks and lstrip_blocks: a
 * sign `-` takes all whitespace on its side, `+` keeps it; otherwise whitespace between a line's start and `{%` or `{#` goes, and so
 * does one line end after `%}` or `#}`. `source` has its line ends normalised. Never throws: see the `error` token.
 */
export function lex(source: string): readonly Token[] {
  const tokens: Token[] = [];
  try {
    let at = 0;
    while (at < source.length) at = lexStretch(source, at, tokens);
    tokens.push({ type: "end", value: "", start: source.length, end: source.length });
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const { message, start, end, hint } = error;
    tokens.push({ type: "error", value: message, start, end, ...(hint === undefined ? {} : { hint }) });
  }
  return tokens;
}

/** Text up to the next tag, and that tag. Returns the offset where the next text begins. */
function lexStretch(source: string, from: number, tokens: Token[]): number {
  const open = nextOpener(source, from);
  if (open === -1) {
    pushText(source, from, source.length, tokens);
    return source.length;
  }
  const mark = source[open + 1]!;
  const sign = signAt(source, open + 2);
  pushText(source, from, textEnd(source, from, open, sign, mark !== "{"), tokens);
  if (mark === "#") return afterComment(source, open, open + 2 + sign.length);
  RAW.lastIndex = open;
  const raw = mark === "%" ? RAW.exec(source) : null;
  if (raw) return lexRaw(source, open, RAW.lastIndex, raw[1]!, tokens);
  const kind = mark === "{" ? OUTPUT : TAG;
  const start = open + 2 + sign.length;
  tokens.push({ type: kind.open, value: source.slice(open, start), start: open, end: start });
  const closed = lexCode(source, start, open, kind, tokens);
  return afterClose(source, closed.end, closed.sign, mark === "%");
}

function nextOpener(source: string, from: number): number {
  let at = source.indexOf("{", from);
  while (at !== -1) {
    const next = source[at + 1];
    if (next === "{" || next === "%" || next === "#") return at;
    at = source.indexOf("{", at + 1);
  }
  return -1;
}

function signAt(source: string, at: number): string {
  return source[at] === "-" || source[at] === "+" ? source[at]! : "";
}

/** Where the text before a tag at `open` ends once the tag has taken its share. */
function textEnd(source: string, from: number, open: number, sign: string, isBlock: boolean): number {
  if (sign === "-") return trimmedEnd(source, from, open);
  if (sign === "+" || !isBlock) return open;
  let at = open;
  while (at > from && source[at - 1] !== "\n" && isSpace(source[at - 1]!)) at -= 1;
  return at === 0 || source[at - 1] === "\n" ? at : open;
}

/** Where text begins after a tag that ends at `end`. */
function afterClose(source: string, end: number, sign: string, isBlock: boolean): number {
  if (sign === "-") return skipSpaces(source, end);
  return isBlock && sign === "" && source[end] === "\n" ? end + 1 : end;
}

function afterComment(source: string, open: number, from: number): number {
  const close = source.indexOf("#}", from);
  if (close === -1) throw new Unreadable("this comment is never closed", open, open + 2, 'it needs "#}"');
  return afterClose(source, close + 2, close > from ? signAt(source, close - 1) : "", true);
}

function lexRaw(source: string, open: number, end: number, sign: string, tokens: Token[]): number {
  tokens.push({ type: "raw", value: source.slice(open, end), start: open, end });
  const from = sign === "-" ? skipSpaces(source, end) : end;
  END_RAW.lastIndex = from;
  const close = END_RAW.exec(source);
  if (!close) throw new Unreadable('"{% raw %}" is never closed', open, end, 'it needs "{% endraw %}"');
  pushText(source, from, textEnd(source, from, close.index, close[1]!, true), tokens);
  return afterClose(source, END_RAW.lastIndex, close[2]!, true);
}

function pushText(source: string, start: number, end: number, tokens: Token[]): void {
  if (end > start) tokens.push({ type: "text", value: source.slice(start, end), start, end });
}
