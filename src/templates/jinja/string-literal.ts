import { Unreadable } from "./tokens.ts";

/** Python's one-character escapes. */
const SIMPLE: ReadonlyMap<string, string> = new Map([
  ["\n", ""],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);

/** Escapes by code point: the letter and how many hexadecimal digits follow. */
const CODED: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

const LAST_CODE_POINT = 0x10ffff;

/**
 * The text that the characters between the quotes stand for, by Python's rules: `\n`, `\x41`, `\u00e9`, `\U0001f600`, `\101`, a line
 * end after a backslash disappears, an unknown escape stays as written. `start` is the offset of `raw` in the template.
 * @throws Unreadable for a numeric escape cut short and for `\N{…}`, which needs a table of names.
 */
export function unescapeString(raw: string, start: number): string {
  let at = raw.indexOf("\\");
  if (at === -1) return raw;
  let text = "";
  let from = 0;
  while (at !== -1) {
    text += raw.slice(from, at);
    const found = escapeAt(raw, at, start);
    text += found.text;
    from = at + found.length;
    at = raw.indexOf("\\", from);
  }
  return text + raw.slice(from);
}

function escapeAt(raw: string, at: number, start: number): { readonly text: string; readonly length: number } {
  const letter = String.fromCodePoint(raw.codePointAt(at + 1)!);
  const simple = SIMPLE.get(letter);
  if (simple !== undefined) return { text: simple, length: 2 };
  const digits = CODED.get(letter);
  if (digits !== undefined) return coded(raw, at, start, digits);
  const octal = /[0-7]{1,3}/y;
  octal.lastIndex = at + 1;
  const found = octal.exec(raw);
  if (found) return { text: String.fromCharCode(Number.parseInt(found[0], 8)), length: 1 + found[0].length };
  if (letter === "N") {
    throw new Unreadable("character names are not supported", start + at, start + at + 2, "write the character itself");
  }
  return { text: `\\${letter > "\x7f" ? asPythonEscape(letter) : letter}`, length: 1 + letter.length };
}

function coded(raw: string, at: number, start: number, digits: number) {
  const code = raw.slice(at + 2, at + 2 + digits);
  const value = /^[0-9a-fA-F]+$/.test(code) && code.length === digits ? Number.parseInt(code, 16) : Number.NaN;
  if (!(value <= LAST_CODE_POINT)) {
    const written = raw.slice(at, at + 2);
    const hint = `${written} needs ${digits} hexadecimal digits, at most 10ffff; a plain backslash is written \\\\`;
    throw new Unreadable(`broken escape "${written}"`, start + at, start + at + 2 + code.length, hint);
  }
  return { text: String.fromCodePoint(value), length: 2 + digits };
}

/** Jinja2 makes the string ASCII before it looks for escapes, so a backslash before `é` meets `\xe9` and loses the second one. */
function asPythonEscape(character: string): string {
  const code = character.codePointAt(0)!;
  if (code <= 0xff) return `x${code.toString(16).padStart(2, "0")}`;
  return code <= 0xffff ? `u${code.toString(16).padStart(4, "0")}` : `U${code.toString(16).padStart(8, "0")}`;
}
