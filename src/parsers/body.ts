import { anyLiteralAt } from "./look.ts";
import type { Body } from "./opening.ts";
import { Starts } from "./starts.ts";

/** A body whose end a reader finds. */
export const bodyOf = (reader: Pick<Body, "read">, judge: Body["judge"]): Body => ({
  read: (text, from, final) => reader.read(text, from, final),
  judge,
});

/** A body up to the next of `stops`, which is no part of it. */
export function bodyUntil(stops: readonly string[], judge: Body["judge"]): Body {
  const starts = new Starts(stops);
  return {
    read(text, from, final) {
      for (let at = from; at < text.length; at++) {
        if (!starts.mayBegin(text, at)) continue;
        const found = anyLiteralAt(text, at, stops, final);
        if (found !== undefined) return { at, done: found !== "more" };
      }
      return { at: text.length, done: false };
    },
    judge,
  };
}
