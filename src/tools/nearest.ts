import { LONGEST_SPLIT, tokens } from "./match.ts";

/** Lines of a text that are like the wanted ones; line numbers from 1, both included. */
export interface Region {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly text: string;
}

/** Below this share of common words and signs (Dice) a region is no help. */
const LEAST_LIKENESS = 0.5;

/** The run of lines, as many as `old` has, that has most words and signs in common with it. Linear in the text. */
export function nearestRegion(text: string, old: string): Region | undefined {
  if (text.length > LONGEST_SPLIT) return undefined;
  const wanted = old.trim();
  const height = wanted.split("\n").length;
  const lines = text.replace(/\n$/, "").split("\n");
  const bags = lines.map((line) => tokens(line).map((token) => token.text));
  const missing = new Map<string, number>();
  const total = tokens(wanted).length;
  for (const token of tokens(wanted)) missing.set(token.text, (missing.get(token.text) ?? 0) + 1);

  let common = 0;
  let size = 0;
  let best = { likeness: 0, first: 0 };
  for (const [last, bag] of bags.entries()) {
    for (const token of bag) {
      const left = (missing.get(token) ?? 0) - 1;
      missing.set(token, left);
      if (left >= 0) common += 1;
    }
    size += bag.length;
    const first = last - height + 1;
    if (first > 0) {
      for (const token of bags[first - 1]!) {
        const left = missing.get(token)! + 1;
        missing.set(token, left);
        if (left > 0) common -= 1;
      }
      size -= bags[first - 1]!.length;
    }
    const likeness = (2 * common) / (total + size || 1);
    if (likeness > best.likeness) best = { likeness, first: Math.max(0, first) };
  }
  if (best.likeness < LEAST_LIKENESS) return undefined;
  const region = lines.slice(best.first, best.first + height);
  return { firstLine: best.first + 1, lastLine: best.first + region.length, text: region.join("\n") };
}
