/** A text cut to fit, with `fullText` where something was left out. */
export interface CappedText {
  readonly text: string;
  readonly fullText?: string;
}

/** Share of the room that goes to the beginning; errors and summaries stand at the end of most outputs. */
const HEAD_SHARE = 0.4;

/**
 * Cuts `text` to about `limit` characters: whole lines of its head and tail where lines are short enough, with one
 * line between them that says how much was left out and, in the words of `advice`, how to get it.
 */
export function capOutput(text: string, limit: number, advice: string): CappedText {
  if (text.length <= limit) return { text };
  const headEnd = cutBack(text, Math.floor(limit * HEAD_SHARE));
  const tailStart = cutForward(text, text.length - Math.max(0, limit - headEnd));
  const left = text.slice(headEnd, tailStart);
  const lines = left.split("\n").length - (left.endsWith("\n") ? 1 : 0);
  const note = `[${lines} lines, ${left.length} characters left out; ${advice}]`;
  const head = text.slice(0, headEnd);
  const gap = head === "" || head.endsWith("\n") ? "" : "\n";
  return { text: `${head}${gap}${note}\n${text.slice(tailStart)}`, fullText: text };
}

/** The last line start at or before `offset`, or a character boundary when that would waste over half of the room. */
function cutBack(text: string, offset: number): number {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  return lineStart >= offset / 2 ? lineStart : onCharacter(text, offset);
}

function cutForward(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset - 1);
  const room = text.length - offset;
  return newline !== -1 && newline + 1 - offset <= room / 2 ? newline + 1 : onCharacter(text, offset);
}

/** `offset`, moved off the middle of a surrogate pair. */
function onCharacter(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset + 1 : offset;
}
