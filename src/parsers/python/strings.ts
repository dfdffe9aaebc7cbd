import type { RepairName } from "../../types/index.ts";
import { UNCLOSED_TEXT } from "../json/strings.ts";
import { isBlank } from "../look.ts";

/** What a backslash and this character stand for. */
const ESCAPES: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

const ESCAPED_CODE = /^(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U(00[01][\da-fA-F]{5})|([0-7]{1,3}))/;

/** A string literal of Python. */
export interface PythonString {
  readonly value: string;
  /** Offset after it, or the end of the text. */
  readonly end: number;
  /** Names of the repairs that were needed; empty for a valid literal. */
  readonly repairs: ReadonlySet<RepairName>;
}

/** The string that begins at `at`, a letter before its quotes included; undefined where there is none. */
export function readPythonString(text: string, at: number): PythonString | undefined {
  const opener = /^([rbfu]{0,2})("""|'''|"|')/i.exec(text.slice(at, at + 5));
  if (!opener) return undefined;
  const quote = opener[2]!;
  const raw = /r/i.test(opener[1]!);
  const repairs = new Set<RepairName>();
  const out: string[] = [];
  let position = at + opener[0].length;
  for (;;) {
    const start = position;
    while (position < text.length && text.charAt(position) !== quote.charAt(0) && text.charAt(position) !== "\\") {
      position++;
    }
    out.push(text.slice(start, position));
    if (position >= text.length) {
      repairs.add(UNCLOSED_TEXT);
      return { value: out.join(""), end: text.length, repairs };
    }
    if (text.charAt(position) === "\\") {
      const escaped = raw ? { value: text.slice(position, position + 2), length: 2 } : readEscape(text, position);
      out.push(escaped.value);
      position += escaped.length;
    } else if (text.startsWith(quote, position) && closes(text, position + quote.length)) {
      return { value: out.join(""), end: position + quote.length, repairs };
    } else {
      if (quote.length === 1) repairs.add("inner_quote");
      out.push(text.charAt(position++));
    }
  }
}

/** Whether Python may go on at `at` after a string. */
function closes(text: string, at: number): boolean {
  while (at < text.length && isBlank(text, at)) at++;
  return at >= text.length || ",)]}:".includes(text.charAt(at));
}

/** What Python does not know stays as it is, the backslash included. */
function readEscape(text: string, at: number): { readonly value: string; readonly length: number } {
  const next = text.charAt(at + 1);
  const known = ESCAPES[next];
  if (known !== undefined) return { value: known, length: 2 };
  const code = ESCAPED_CODE.exec(text.slice(at + 1, at + 10));
  const digits = code?.[1] ?? code?.[2] ?? code?.[3];
  const value = digits ? Number.parseInt(digits, 16) : Number.parseInt(code?.[4] ?? "", 8);
  if (!code || !(value <= 0x10ffff)) return { value: text.slice(at, at + 2), length: 2 };
  return { value: String.fromCodePoint(value), length: 1 + code[0].length };
}
