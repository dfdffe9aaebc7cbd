import type { Difference, Outcome } from "./rule.ts";

/** How much of two texts an excerpt shows, in UTF-16 units. */
const EXCERPT = 60;

/** Where two texts part, with what follows; undefined where they are equal. */
export function firstDifference(expected: string, got: string): Difference | undefined {
  if (expected === got) return undefined;
  const at = sharedLength(expected, got);
  return { at, expected: expected.slice(at, at + EXCERPT), got: got.slice(at, at + EXCERPT) };
}

/** How `text` departs from beginning with `start`; undefined where it does begin so. */
export function departure(start: string, text: string): Difference | undefined {
  return text.startsWith(start) ? undefined : firstDifference(start, text);
}

/** How many UTF-16 units two texts have in common at the front; never half of a character. */
export function sharedLength(left: string, right: string): number {
  const end = Math.min(left.length, right.length);
  let at = 0;
  while (at < end && left.charCodeAt(at) === right.charCodeAt(at)) at += 1;
  const last = left.charCodeAt(at - 1);
  return at > 0 && at < end && last >= 0xd800 && last <= 0xdbff ? at - 1 : at;
}

/** A text without its white space. */
export function withoutSpace(text: string): string {
  return text.replace(/\s+/g, "");
}

/** How often `part` stands in `text`. */
export function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** The rendered text; empty where the render was refused, which holds no word that a rule looks for. */
export function textOf(outcome: Outcome): string {
  return outcome.type === "text" ? outcome.text : "";
}
