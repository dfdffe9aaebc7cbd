import type { Segment } from "../../templates/index.ts";
import type { Element } from "./align.ts";
import type { AddedTokens } from "./learn.ts";

/**
 * Cuts a prompt into what it is asked of the tokenizer as: the template's control tokens by id, and the text between them, which is read
 * without special tokens. Text that equals a token which is matched anywhere is cut in two where it is input; `split` names those texts.
 */
export function layOut(
  segments: readonly Segment[],
  { control, always }: Pick<AddedTokens, "control" | "always">,
): { readonly elements: readonly Element[]; readonly split: readonly string[] } {
  const text = segments.map((segment) => segment.text).join("");
  const inputs = inputRanges(segments);
  const elements: Element[] = [];
  const matches = places(text, [...always]).filter(([start, end]) => touches(inputs, start, end));
  const cuts = matches.map(([start]) => start + 1);
  let at = 0;
  let cut = 0;
  const addText = (until: number) => {
    for (; cut < cuts.length && cuts[cut]! <= until; cut++) {
      if (cuts[cut]! > at) elements.push({ text: text.slice(at, cuts[cut]) });
      at = Math.max(at, cuts[cut]!);
    }
    if (until > at) elements.push({ text: text.slice(at, until) });
    at = until;
  };
  for (const [start, end] of places(text, [...control.keys()])) {
    if (start < at || touches(inputs, start, end)) continue;
    addText(start);
    const marker = text.slice(start, end);
    elements.push({ text: marker, id: control.get(marker)! });
    at = end;
  }
  addText(text.length);
  return { elements, split: [...new Set(matches.map(([start, end]) => text.slice(start, end)))] };
}

type Range = readonly [start: number, end: number];

/** Where input stands in the text of `segments`, in order. */
export function inputRanges(segments: readonly Segment[]): readonly Range[] {
  let end = 0;
  return segments.flatMap(({ text, isInput }): Range[] => {
    const start = end;
    end += text.length;
    return isInput ? [[start, end]] : [];
  });
}

/** Whether any character from `start` to before `end` is in one of the ranges, which are in order. */
export function touches(ranges: readonly Range[], start: number, end: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]![1] <= start) low = middle + 1;
    else high = middle;
  }
  return low < ranges.length && ranges[low]![0] < end;
}

/** Every place at which one of `needles` stands, the longest of them, overlapping ones too. */
function places(text: string, needles: readonly string[]): Range[] {
  if (needles.length === 0) return [];
  const sorted = needles.toSorted((a, b) => b.length - a.length);
  const pattern = new RegExp(sorted.map((needle) => needle.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|"), "g");
  const found: Range[] = [];
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    found.push([match.index, match.index + match[0].length]);
    pattern.lastIndex = match.index + 1;
  }
  return found;
}
