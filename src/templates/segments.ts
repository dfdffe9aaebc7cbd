import type { RenderedPart } from "./jinja/index.ts";

/** A run of prompt text that a model may trust, or that somebody else wrote. */
export interface Segment {
  /** Never empty. */
  readonly text: string;
  /** True for what came with messages and tools; the template's own words, its tokens and the harness's settings are none. */
  readonly isInput: boolean;
}

/** Variables that bring in text of others. */
const INPUT_VARIABLES: readonly unknown[] = ["messages", "tools"];

/**
 * Which runs of a rendered prompt are input. A message's role counts as the template's: it is one of a few words of ours, and templates
 * build control tokens of it (`'<|' + message.role + '|>'`).
 */
export function segmentsOf(parts: readonly RenderedPart[]): readonly Segment[] {
  const segments: { text: string; isInput: boolean }[] = [];
  for (const { text, path } of parts) {
    const isInput = path !== undefined && INPUT_VARIABLES.includes(path[0]) && !isRole(path);
    const last = segments.at(-1);
    if (last?.isInput === isInput) last.text += text;
    else segments.push({ text, isInput });
  }
  return segments;
}

/** The segments of the characters from `start` to before `end`, UTF-16 units. */
export function sliceSegments(segments: readonly Segment[], start: number, end = Infinity): readonly Segment[] {
  let position = 0;
  return segments.flatMap(({ text, isInput }) => {
    const from = position;
    position += text.length;
    return segmentOf(text.slice(Math.max(0, start - from), Math.max(0, end - from)), isInput);
  });
}

/** One segment, none for an empty text. */
export function segmentOf(text: string, isInput: boolean): readonly Segment[] {
  return text === "" ? [] : [{ text, isInput }];
}

function isRole(path: readonly (string | number)[]): boolean {
  return path.length === 3 && path[0] === "messages" && path[2] === "role";
}
