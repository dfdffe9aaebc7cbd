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
  /** Quotes stand inside it that are not escaped. */
  readonly hasInner: boolean;
}

/** Where a string stands. */
export interface StringPlace {
  /** It is the key of a member. */
  readonly isKey: boolean;
  /** Closers of the containers that are open around it, outer ones first, where that is known. */
  readonly open?: readonly string[];
  /** A string before it has had quotes inside: then it may have some too. */
  readonly afterInner: boolean;
}

/** Reads the string that begins at `at`, with any of the three quotes. */
export function readString(text: string, at: number, place: StringPlace): StringRead {
  const quote = text.charAt(at);
  const repairs = new Set<RepairName>();
  if (quote === "'") repairs.add("single_quotes");
  if (quote === "`") repairs.add("backtick_quotes");
  const out: string[] = ['"'];
  const triple = text.startsWith(quote.repeat(3), at);
  if (triple) repairs.add("triple_quotes");
  let hasInner = triple;
  const ends = (from: number): boolean => closes(text, from, { ...place, afterInner: place.afterInner || hasInner });
  let position = at + (triple ? 3 : 1);
  for (;;) {
    if (position >= text.length) {
      repairs.add(UNCLOSED_TEXT);
      break;
    }
    const character = text.charAt(position);
    if (character === quote) {
      const width = triple && text.startsWith(quote.repeat(3), position) ? 3 : 1;
      if ((!triple || width === 3) && ends(position + width)) {
        position += width;
        break;
      }
      if (quote === '"' && !triple) repairs.add("inner_quote");
      hasInner = true;
      out.push(quote === '"' ? '\\"' : character);
      position++;
    } else if (character === "\\") {
      position += readEscape(text, position, quote, ends, out, repairs);
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
  return { json: out.join(""), end: position, repairs, hasInner };
}

/** Whether JSON may go on at `at` after a string, where the text is whole. */
function closes(text: string, at: number, { isKey, open, afterInner }: StringPlace): boolean {
  while (at < text.length && isBlank(text, at)) at++;
  const next = text.charAt(at);
  if (next === "" || isKey) return next === "" || next === ":";
  return next === "," || ("}]".includes(next) && (!afterInner || !open || closersFit(text, at, open, true) === true));
}

/** How far is looked behind the closers that follow a quote, in characters. */
const LOOK_LIMIT = 64;

/**
 * Whether the closers at `at` are those of the `open` containers, and what follows them may follow; `more` where that has not come yet. To
 * be asked where quotes stand inside strings, since one before the brace of some code looks like the end of its string. `endsAt`: the
 * document ends there, whatever is open.
 */
export function closersFit(
  text: string,
  at: number,
  open: readonly string[],
  final: boolean,
  endsAt?: (at: number) => boolean | "more",
): boolean | "more" {
  const limit = Math.min(text.length, at + LOOK_LIMIT);
  let closed = 0;
  for (; at < limit; at++) {
    const character = text.charAt(at);
    if ("}]".includes(character)) {
      closed++;
      if (closed <= open.length && character !== open.at(-closed)) return false;
    } else if (!isBlank(text, at)) break;
  }
  if (at === text.length) return final || "more";
  if (at === limit) return true;
  const ends = endsAt?.(at);
  if (ends) return ends;
  const next = text.charAt(at);
  return closed < open.length ? next === "," : !'",\\'.includes(next);
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
  ends: (at: number) => boolean,
  out: string[],
  repairs: Set<RepairName>,
): number {
  const next = text.charAt(at + 1);
  if (next === "\\" && text.charAt(at + 2) === quote && !ends(at + 3)) {
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
