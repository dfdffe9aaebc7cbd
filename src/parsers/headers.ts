import type { ParserSpec } from "../types/index.ts";
import { anyLiteralAt, firstsOf, literalAt, nameEnd } from "./look.ts";
import type { Opening } from "./opening.ts";

/** The most words that a header may have, in characters. */
const HEADER_LIMIT = 128;

/** One word of a header that the prompt has begun, where what ends the header follows it. */
export function begunHeaderOpening(headers: NonNullable<ParserSpec["headers"]>): Opening | undefined {
  const until = headers.flatMap((header) => (header.begun ? header.until : []));
  if (until.length === 0) return undefined;
  return {
    starts: [],
    read(text, at, place) {
      const end = nameEnd(text, at);
      if (end === text.length) return { type: "more" };
      const found = end > at && place.fresh && place.channel === "text" ? anyLiteralAt(text, end, until) : undefined;
      if (found === undefined || found === "more") return { type: found ?? "none" };
      return { type: "marker", end, takesSpace: true };
    },
  };
}

/** Markup that begins with a literal and goes on up to one of others; only the first where none of them comes. */
export function headerOpening(headers: NonNullable<ParserSpec["headers"]>): Opening {
  return {
    starts: headers.map(({ open }) => open),
    read(text, at, place) {
      for (const { open, until } of headers) {
        const look = literalAt(text, at, open);
        if (look === "no" || (look === "more" && place.final)) continue;
        if (look === "more") return { type: "more" };
        const start = at + open.length;
        const stops = firstsOf(until);
        let end = start;
        while (end < text.length && end - start < HEADER_LIMIT && !stops.includes(text.charAt(end))) end++;
        const found = end === text.length ? "more" : anyLiteralAt(text, end, until);
        if (found === "more" && !place.final) return { type: "more" };
        const stop = found === undefined ? start : found === "more" ? text.length : end;
        return { type: "marker", end: stop, takesSpace: true };
      }
      return { type: "none" };
    },
  };
}
