import { placeOf } from "./source.ts";
import { unescapeString } from "./string-literal.ts";
import { skipSpaces, type Token, Unreadable } from "./tokens.ts";

/** Longest first. */
const OPERATOR = /\*\*|\/\/|==|!=|>=|<=|[-+/*%~[\](){}<>=.:|,;]/y;
const FLOAT = /(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?[eE][+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/y;
const INTEGER = /0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[\da-fA-F])+|[1-9](?:_?\d)*|0(?:_?0)*/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
/** For names with letters beyond ASCII. */
const WIDE_NAME = /[\p{XID_Start}_]\p{XID_Continue}*/uy;

/** Python reads no longer integer (`sys.int_info.default_max_str_digits`). */
const LONGEST_NUMBER = 4300;

const CLOSER: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** How a tag ends: `mark` after an optional sign. */
export interface TagKind {
  readonly open: "output_open" | "tag_open";
  readonly close: "output_close" | "tag_close";
  readonly opener: string;
  readonly mark: string;
  /** Signs that may stand before the mark. */
  readonly signs: string;
}

/**
 * Reads the inside of a tag from `at` on, its closing mark included, into `tokens`.
 * @returns the offset after the mark and its sign `-`, `+` or "".
 * @throws Unreadable
 */
export function lexCode(source: string, from: number, opened: number, kind: TagKind, tokens: Token[]) {
  const brackets: { readonly open: string; readonly at: number }[] = [];
  for (let at = skipSpaces(source, from); at < source.length; at = skipSpaces(source, at)) {
    if (brackets.length === 0) {
      const sign = kind.signs.includes(source[at]!) && source.startsWith(kind.mark, at + 1) ? source[at]! : "";
      if (sign !== "" || source.startsWith(kind.mark, at)) {
        const end = at + sign.length + kind.mark.length;
        tokens.push({ type: kind.close, value: source.slice(at, end), start: at, end });
        return { end, sign };
      }
    }
    const token = literalAt(source, at) ?? operatorAt(source, at, brackets, kind);
    tokens.push(token);
    at = token.end;
  }
  const open = brackets.at(-1);
  if (open)
    throw new Unreadable(`"${open.open}" is never closed`, open.at, open.at + 1, `it needs "${CLOSER[open.open]}"`);
  const hint = `it needs "${kind.mark}"`;
  throw new Unreadable(`"${kind.opener}" is never closed`, opened, opened + 2, hint);
}

function literalAt(source: string, at: number): Token | undefined {
  const first = source[at]!;
  if (first >= "0" && first <= "9") {
    const float = source[at - 1] === "." ? undefined : match(FLOAT, source, at);
    if (float !== undefined) return number(float.replaceAll("_", ""), at, float.length);
    const integer = match(INTEGER, source, at)!;
    const digits = integer.replaceAll("_", "");
    const isDecimal = integer.length > LONGEST_NUMBER || !/^0[box]/i.test(digits);
    return number(isDecimal ? digits : String(BigInt(digits)), at, integer.length);
  }
  if (first === "'" || first === '"') return stringAt(source, at, first);
  const ascii = match(NAME, source, at);
  const plain = ascii !== undefined && !(source.charCodeAt(at + ascii.length) > 0x7f);
  const name = plain ? ascii : match(WIDE_NAME, source, at);
  return name === undefined ? undefined : { type: "name", value: name, start: at, end: at + name.length };
}

function number(value: string, start: number, length: number): Token {
  if (length > LONGEST_NUMBER) {
    throw new Unreadable(
      `a number of ${length} digits`,
      start,
      start + length,
      `at most ${LONGEST_NUMBER} can be read`,
    );
  }
  return { type: "number", value, start, end: start + length };
}

function stringAt(source: string, start: number, quote: string): Token {
  for (let at = start + 1; at < source.length; at += 1) {
    const character = source[at];
    if (character === "\\") at += 1;
    else if (character === quote) {
      return { type: "string", value: unescapeString(source.slice(start + 1, at), start + 1), start, end: at + 1 };
    }
  }
  throw new Unreadable("this string is never closed", start, start + 1, `it needs another ${quote}`);
}

function operatorAt(
  source: string,
  at: number,
  brackets: { readonly open: string; readonly at: number }[],
  kind: TagKind,
): Token {
  const value = match(OPERATOR, source, at);
  if (value === undefined) {
    const character = String.fromCodePoint(source.codePointAt(at)!);
    throw new Unreadable(`unexpected character "${character}"`, at, at + character.length, CHARACTER_HINTS[character]);
  }
  if (CLOSER[value]) brackets.push({ open: value, at });
  else if (value === ")" || value === "]" || value === "}") {
    const open = brackets.pop();
    if (!open || CLOSER[open.open] !== value) throw unmatched(source, at, value, open, kind);
  }
  return { type: "operator", value, start: at, end: at + value.length };
}

const CHARACTER_HINTS: Readonly<Record<string, string>> = {
  "!": 'write "not"',
  "&": 'write "and"',
  "“": "use straight quotes: \" or '",
  "”": "use straight quotes: \" or '",
  "‘": "use straight quotes: \" or '",
  "’": "use straight quotes: \" or '",
};

function unmatched(
  source: string,
  at: number,
  value: string,
  open: { readonly open: string; readonly at: number } | undefined,
  kind: TagKind,
): Unreadable {
  if (open) {
    const place = placeOf(source, open.at);
    const hint = `"${open.open}" of line ${place.line}, column ${place.column} needs "${CLOSER[open.open]}" first`;
    return new Unreadable(`unexpected "${value}"`, at, at + 1, hint);
  }
  const opener = kind.opener;
  const start = value === "}" && source[at - 1] === "%" ? at - 1 : at;
  const end = value === "}" && source[at + 1] === "}" ? at + 2 : at + 1;
  const hint = value === "}" ? `a tag that begins with "${opener}" ends with "${kind.mark}"` : "nothing is open here";
  return new Unreadable(`unexpected "${source.slice(start, end)}"`, start, end, hint);
}

function match(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}
