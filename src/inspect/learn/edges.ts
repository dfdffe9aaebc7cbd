/**
 * Where markup may be cut: never inside of a marker. What `…</a><b` and `…</a><c` have in common ends before the `<` of both.
 */

/** What two texts have in common at the front, without the beginning of a marker or a word. */
export function commonStart(left: string, right: string): string {
  const end = Math.min(left.length, right.length);
  let at = 0;
  while (at < end && left.charAt(at) === right.charAt(at)) at += 1;
  return left.slice(0, Math.min(unitStart(left, at), unitStart(right, at)));
}

/** What two texts have in common at the end, without the end of a marker or a word. */
export function commonEnd(left: string, right: string): string {
  const end = Math.min(left.length, right.length);
  let length = 0;
  while (length < end && left.charAt(left.length - 1 - length) === right.charAt(right.length - 1 - length)) length += 1;
  const isCut = (text: string) => unitStart(text, text.length - length) < text.length - length;
  while (length > 0 && (isCut(left) || isCut(right))) length -= 1;
  return left.slice(left.length - length);
}

/** The longest marker that is looked at, in characters. */
const MARKER_LIMIT = 64;

/** Where the marker or the word begins that `at` lies inside; `at` itself where it lies in none. */
function unitStart(text: string, at: number): number {
  for (let start = at - 1; start >= 0 && at - start < MARKER_LIMIT; start -= 1) {
    const character = text.charAt(start);
    if (character === "\n" || character === ">" || character === "]") break;
    if (character !== "<" && character !== "[") continue;
    const close = text.indexOf(character === "<" ? ">" : "]", start);
    if (close < 0 || close >= at) return start;
    break;
  }
  let start = at;
  if (/\w/.test(text.charAt(at))) while (start > 0 && /\w/.test(text.charAt(start - 1))) start -= 1;
  return start;
}

/** The pieces of markup: lines, and within a line what begins where another marker ends. Without white space around them. */
export function pieces(markup: string): string[] {
  return markup
    .split(/\n|(?<=>)\s*(?=<)|(?<=\])\s*(?=\[)/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== "");
}

/** `text` without the longest run of whole pieces that `ending` ends with, and the white space around it. */
export function withoutEnding(text: string, ending: string): string {
  const parts = pieces(ending);
  const trimmed = text.trimEnd();
  for (let start = 0; start < parts.length; start += 1) {
    const from = ending.indexOf(parts[start]!);
    const tail = ending.slice(from).trimEnd();
    if (trimmed.endsWith(tail)) return trimmed.slice(0, trimmed.length - tail.length);
  }
  return text;
}

/** What stands between two words of a text, the second one looked for behind the first; undefined where one is missing. */
export function between(text: string, first: string, second: string): string | undefined {
  const start = text.indexOf(first);
  const end = start < 0 ? -1 : text.indexOf(second, start + first.length);
  return end < 0 ? undefined : text.slice(start + first.length, end);
}

/** What stands before a word, or behind its last place; the whole text where the word is missing. */
export const before = (text: string, word: string): string => text.slice(0, Math.max(0, text.indexOf(word)));
export const behind = (text: string, word: string): string => text.slice(text.lastIndexOf(word) + word.length);
