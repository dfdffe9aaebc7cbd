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
  return joinSegments(
    parts.map(({ text, path }) => ({
      text,
      isInput: path !== undefined && INPUT_VARIABLES.includes(path[0]) && !isRole(path),
    })),
  );
}

/** The same text in as few segments as it takes. */
export function joinSegments(segments: readonly Segment[]): readonly Segment[] {
  const joined: { text: string; isInput: boolean }[] = [];
  for (const { text, isInput } of segments) {
    const last = joined.at(-1);
    if (last?.isInput === isInput) last.text += text;
    else if (text !== "") joined.push({ text, isInput });
  }
  return joined;
}

/** The segments of the characters from `start` to before `end`, UTF-16 units. */
export function sliceSegments(segments: readonly Segment[], start: number, end = Infinity): readonly Segment[] {
  let position = 0;
  const sliced = segments.map(({ text, isInput }) => {
    const from = position;
    position += text.length;
    return { text: text.slice(Math.max(0, start - from), Math.max(0, end - from)), isInput };
  });
  return joinSegments(sliced);
}

function isRole(path: readonly (string | number)[]): boolean {
  return path.length === 3 && path[0] === "messages" && path[2] === "role";
}
