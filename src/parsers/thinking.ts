import type { ParserSpec } from "../types/index.ts";
import { anyLiteralAt, firstsOf, literalAt, nameEnd } from "./look.ts";
import type { Head, Opening, Place } from "./opening.ts";

/**
 * Openers and closers of reasoning. An opener counts only where nothing has been said yet (a model that repeats the one
 * in the prompt included); elsewhere it is talk about the tag. A closer counts while reasoning is open, where a call
 * ended the reasoning before it, and where it is written twice.
 */
export function thinkingOpenings(thinking: {
  readonly open: readonly string[];
  readonly close: readonly string[];
  readonly anywhere?: boolean | undefined;
  readonly labels?: readonly string[] | undefined;
}): Opening[] {
  const { labels = [] } = thinking;
  return [
    {
      starts: thinking.close,
      read(text, at, place) {
        if (!place.thoughtOpen && !(place.fresh && place.hasThought)) return { type: "none" };
        const found = anyLiteralAt(text, at, thinking.close, place.final);
        if (found === undefined) return brokenOff(text, at, thinking.close, place);
        if (found === "more") return { type: "more" };
        return { type: "marker", end: at + found.length, channel: "text", takesSpace: true };
      },
    },
    {
      starts: thinking.open,
      read(text, at, place) {
        if (!place.fresh && !thinking.anywhere) return { type: "none" };
        const found = anyLiteralAt(text, at, thinking.open, place.final);
        if (found === undefined || found === "more") return { type: found ?? "none" };
        return { type: "marker", end: at + found.length, channel: "reasoning", takesSpace: true };
      },
    },
    {
      starts: labels,
      read(text, at, place) {
        if (!place.fresh || place.channel !== "reasoning") return { type: "none" };
        const found = anyLiteralAt(text, at, labels, place.final);
        if (found === undefined || found === "more") return { type: found ?? "none" };
        return { type: "marker", end: at + found.length, channel: "reasoning", takesSpace: true };
      },
    },
  ];
}

/** The beginning of a closing tag with which the answer ends, where it is enough of one to be nothing else. */
function brokenOff(text: string, at: number, closers: readonly string[], place: Place): Head {
  const isBroken = place.channel === "reasoning" && anyLiteralAt(text, at, closers) === "more";
  if (!isBroken || !/^(?:<\W|\[\/)/.test(text.slice(at, at + 2))) return { type: "none" };
  return { type: "marker", end: text.length, takesSpace: true };
}

/** Literals that are markup wherever they stand. */
export function markerOpening(markers: readonly string[]): Opening {
  return {
    starts: markers,
    read(text, at, place) {
      const found = anyLiteralAt(text, at, markers, place.final);
      if (found === undefined || found === "more") return { type: found ?? "none" };
      return { type: "marker", end: at + found.length, takesSpace: false };
    },
  };
}

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
