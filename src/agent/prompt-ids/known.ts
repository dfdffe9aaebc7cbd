import type { Segment } from "../../templates/index.ts";
import type { PlacedToken } from "./align.ts";

/** A token of the prompt sent last or of the answer to it; without an id where the server did not tell it. */
export type KnownToken = Omit<PlacedToken, "id" | "isGiven"> & { readonly id: number | undefined };

/** The prompt sent last with what the model answered: as tokens, this is what the server holds. */
export interface Known {
  /** Prompt and answer. */
  text: string;
  /** Of the prompt, with an opener that was given to the answer. */
  readonly segments: readonly Segment[];
  /** Where the answer begins, its opener included, UTF-16 units. */
  readonly promptEnd: number;
  /** Of the text, or of its beginning where a server does not tell the answer's ids. */
  readonly tokens: KnownToken[];
}

/**
 * Adds a piece of the answer; `ids` are undefined where the server did not tell them all. It never does for characters of several tokens:
 * these can be read again by themselves. Anything else without ids ends what is known.
 */
export function addAnswer(known: Known, text: string, ids: readonly number[] | undefined): void {
  const start = known.text.length;
  const end = start + text.length;
  known.text += text;
  if ((known.tokens.at(-1)?.end ?? 0) !== start || (!ids && isPlain(text))) return;
  for (const id of ids?.slice(0, -1) ?? []) known.tokens.push({ id, text: "", start, end: undefined });
  known.tokens.push({ id: ids?.at(-1), text, start, end });
}

/**
 * How many of the known tokens a prompt begins with. All of them where it goes on from prompt and answer; else those before a place at
 * which every tokenizer would cut, so that what follows is read as it would be with them.
 */
export function countKept(
  known: Known,
  segments: readonly Segment[],
  isMarker: (token: KnownToken) => boolean,
): number {
  const text = segments.map((segment) => segment.text).join("");
  const shared = sharedLength(known, segments, text);
  if (shared === known.text.length) return known.tokens.length;
  const isCut = (token: KnownToken) => {
    if (token.end === undefined || token.end > shared) return false;
    return token.end === known.promptEnd || isMarker(token) || beginsWord(text, token.end);
  };
  return known.tokens.findLastIndex(isCut) + 1;
}

const isPlain = (text: string) => [...text].every((character) => character < "\u0080");

/** UTF-16 units that are the same and, in the prompt, of the same origin. */
function sharedLength(known: Known, segments: readonly Segment[], text: string): number {
  let shared = 0;
  while (shared < known.text.length && known.text[shared] === text[shared]) shared += 1;
  let start = 0;
  for (const [index, segment] of known.segments.entries()) {
    const other = segments[index];
    if (other?.isInput !== segment.isInput) return Math.min(shared, start);
    const end = start + segment.text.length;
    if (other.text.length !== segment.text.length) {
      // The prompt's last segment goes on in the answer; any other that has another length ends what is shared.
      const isLast = index === known.segments.length - 1;
      return isLast && other.text.length > segment.text.length
        ? shared
        : Math.min(shared, start + Math.min(other.text.length, segment.text.length));
    }
    start = end;
  }
  return shared;
}

/** Whether a word begins here after a single space: vocabularies cut text there before they look for tokens. */
function beginsWord(text: string, at: number): boolean {
  return /^\S \p{L}/u.test(text.slice(Math.max(0, at - 1), at + 3));
}
