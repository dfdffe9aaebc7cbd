import type { RepairName } from "../../types/index.ts";
import { isBlank } from "../look.ts";

/**
 * Name of the repair that ends a text where the answer ends: its rest may be missing, unlike that of an object which lacks
 * only its last braces.
 */
export const UNCLOSED_TEXT = "unclosed_text";

const CONTROL_NAMES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A string literal read tolerantly. */
export interface StringRead {
  /** The literal as JSON. */
  readonly json: string;
  /** Offset after the closing quote, or the end of the text. */
  readonly end: number;
  /** Names of the repairs that were needed; empty for a valid literal. */
  readonly repairs: ReadonlySet<RepairName>;
}

/** Reads the string that begins at `at`, with any of the three quotes. `isKey`: it ends at the first quote. */
export function readString(text: string, at: number, isKey: boolean): StringRead {
  const quote = text.charAt(at);
  const repairs = new Set<RepairName>();
  if (quote === "'") repairs.add("single_quotes");
  if (quote === "`") repairs.add("backtick_quotes");
  const out: string[] = ['"'];
  const triple = text.startsWith(quote.repeat(3), at);
  if (triple) repairs.add("triple_quotes");
  let position = at + (triple ? 3 : 1);
  for (;;) {
    if (position >= text.length) {
      repairs.add(UNCLOSED_TEXT);
      break;
    }
    const character = text.charAt(position);
    if (character === quote) {
      const width = triple && text.startsWith(quote.repeat(3), position) ? 3 : 1;
      if ((!triple || width === 3) && closes(text, position + width, isKey)) {
        position += width;
        break;
      }
      if (quote === '"' && !triple) repairs.add("inner_quote");
      out.push(quote === '"' ? '\\"' : character);
      position++;
    } else if (character === "\\") {
      position += readEscape(text, position, quote, isKey, out, repairs);
    } else if (character < " ") {
      repairs.add(character === "\n" ? "raw_newline" : "control_character");
      out.push(CONTROL_NAMES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
      position++;
    } else {
      const end = plainEnd(text, position, quote);
      const piece = text.slice(position, end);
      out.push(quote === '"' ? piece : piece.replaceAll('"', '\\"'));
      position = end;
    }
  }
  out.push('"');
  return { json: out.join(""), end: position, repairs };
}

/** Whether JSON may go on at `at` after a string. */
export function closes(text: string, at: number, isKey: boolean): boolean {
  while (at < text.length && isBlank(text, at)) at++;
  return at >= text.length || (isKey ? ":" : ",}]").includes(text.charAt(at));
}

function plainEnd(text: string, from: number, quote: string): number {
  let at = from + 1;
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === quote || character === "\\" || character < " ") break;
  }
  return at;
}

/** Copies the escape at `at` and returns its length; what JSON does not know becomes a backslash and the character. */
function readEscape(
  text: string,
  at: number,
  quote: string,
  isKey: boolean,
  out: string[],
  repairs: Set<RepairName>,
): number {
  const next = text.charAt(at + 1);
  if (next === "\\" && text.charAt(at + 2) === quote && !closes(text, at + 3, isKey)) {
    repairs.add("doubled_escape");
    out.push('\\"');
    return 3;
  }
  if (next !== "" && '"\\/bfnrt'.includes(next)) {
    out.push("\\", next);
    return 2;
  }
  if (next === "u" && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6))) {
    out.push(text.slice(at, at + 6));
    return 6;
  }
  repairs.add("invalid_escape");
  if (next === "'" || next === "`") {
    out.push(next);
    return 2;
  }
  if (next === "\n") {
    out.push("\\n");
    return 2;
  }
  out.push("\\\\");
  return 1;
}
