import type { Token } from "../../types/index.ts";

/** Text that is read by itself, or the text of a token that it is already. */
export interface Element {
  readonly text: string;
  readonly id?: number;
}

/** A token with the place it has in a text. */
export interface PlacedToken {
  readonly id: number;
  /** Empty where the token is part of a character. */
  readonly text: string;
  /** UTF-16 units from the start of the text. */
  readonly start: number;
  /** The same; undefined where the token ends within a character. */
  readonly end: number | undefined;
  /** Whether the id was known before. */
  readonly isGiven: boolean;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Lays tokens over the elements that they were made of; the first begins at `start`. Undefined where they do not make up the text: a
 * vocabulary that puts in a space or swallows one, or a server that answers something else.
 */
export function align(
  tokens: readonly Token[],
  elements: readonly Element[],
  start = 0,
): readonly PlacedToken[] | undefined {
  const placed: PlacedToken[] = [];
  let next = 0;
  let at = start;
  for (const { text, id } of elements) {
    if (id !== undefined) {
      if (tokens[next++]?.id !== id) return undefined;
      placed.push({ id, text, start: at, end: at + text.length, isGiven: true });
      at += text.length;
      continue;
    }
    let bytes: number[] = [];
    for (let done = 0; done < text.length; ) {
      const token = tokens[next++];
      if (!token) return undefined;
      const isWhole = typeof token.piece === "string" && bytes.length === 0;
      if (!isWhole) bytes = [...bytes, ...bytesOf(token)];
      const piece = isWhole ? (token.piece as string) : decoded(bytes);
      const begin = at + done;
      if (piece === undefined) {
        placed.push({ id: token.id, text: "", start: begin, end: undefined, isGiven: false });
        continue;
      }
      if (!startsWith(text, piece, done)) return undefined;
      done += piece.length;
      bytes = [];
      placed.push({ id: token.id, text: isWhole ? piece : "", start: begin, end: at + done, isGiven: false });
    }
    at += text.length;
  }
  return next === tokens.length ? placed : undefined;
}

/** SentencePiece writes spaces as U+2581 and cannot tell the two apart. */
function startsWith(text: string, piece: string, at: number): boolean {
  const there = text.slice(at, at + piece.length);
  return there === piece || there.replaceAll("\u2581", " ") === piece;
}

function bytesOf({ piece }: Token): Iterable<number> {
  return typeof piece === "string" ? new TextEncoder().encode(piece) : piece;
}

/** The text of whole UTF-8 characters; undefined where the bytes end within one. */
function decoded(bytes: readonly number[]): string | undefined {
  try {
    return UTF8.decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}
