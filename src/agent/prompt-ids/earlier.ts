import type { Segment } from "../../templates/index.ts";
import { type GeneratedAnswer, HalterError, type TokenReading } from "../../types/index.ts";
import { align } from "./align.ts";
import { inputRanges, touches } from "./lay-out.ts";
import type { TokenReader } from "./learn.ts";

/** A prompt that shows answers; those that it does not show count for nothing. */
interface Answered {
  readonly segments: readonly Segment[];
  readonly generationPrompt: string;
  readonly answers: readonly GeneratedAnswer[];
}

/** An answer where a prompt shows it. */
export interface PlacedAnswer {
  /** UTF-16 units. */
  readonly start: number;
  readonly pieces: readonly Piece[];
}

interface Piece {
  readonly text: string;
  /** Undefined where the server did not tell them. */
  readonly ids: readonly number[] | undefined;
}

/**
 * Finds answers of an earlier process in a prompt, in order: each after a generation prompt of the template's own, so that nothing that
 * others wrote can pass for one. None where the ids are another vocabulary's. How much of an answer still stands there shows only when the
 * prompt's ids are made.
 */
export async function placeAnswers(
  read: TokenReader,
  { segments, generationPrompt, answers }: Answered,
  waiting: Pick<TokenReading, "signal" | "onWaiting">,
): Promise<readonly PlacedAnswer[]> {
  const all = answers.map(piecesOf);
  if (!(await areOfVocabulary(read, all.flat(), waiting))) return [];
  const text = segments.map((segment) => segment.text).join("");
  let next = 0;
  return answerStarts(segments, text, generationPrompt).flatMap((start) => {
    const beginsHere = ([first]: readonly Piece[]) => first !== undefined && text.startsWith(first.text, start);
    const found = all.findIndex((pieces, index) => index >= next && beginsHere(pieces));
    if (found < 0) return [];
    next = found + 1;
    return [{ start, pieces: all[found]! }];
  });
}

/** Where in a prompt answers begin, UTF-16 units. */
function answerStarts(segments: readonly Segment[], text: string, generationPrompt: string): number[] {
  if (generationPrompt === "") return [];
  const inputs = inputRanges(segments);
  const starts: number[] = [];
  for (let at = text.indexOf(generationPrompt); at >= 0; at = text.indexOf(generationPrompt, at + 1)) {
    const end = at + generationPrompt.length;
    if (!touches(inputs, at, end)) starts.push(end);
  }
  return starts;
}

function piecesOf({ text, pieces }: GeneratedAnswer): Piece[] {
  let at = 0;
  return pieces.map(([length, ...ids]) => {
    const start = at;
    at += length;
    return { text: text.slice(start, at), ids: ids.length > 0 ? ids : undefined };
  });
}

/** Whether the server's tokens of the pieces' ids make up their text. */
async function areOfVocabulary(
  read: TokenReader,
  pieces: readonly Piece[],
  waiting: Pick<TokenReading, "signal" | "onWaiting">,
): Promise<boolean> {
  const told = pieces.filter(({ ids }) => ids !== undefined);
  if (told.length === 0) return true;
  const ids = told.flatMap((piece) => piece.ids ?? []);
  const tokens = await read(ids, { special: true, ...waiting }).catch((error: unknown) => {
    if (error instanceof HalterError) return [];
    throw error;
  });
  return align(tokens, [{ text: told.map(({ text }) => text).join("") }]) !== undefined;
}
