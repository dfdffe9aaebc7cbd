import { anyLiteralAt, firstsOf, literalAt } from "./look.ts";
import type { Opening } from "./opening.ts";

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
      firsts: firstsOf(thinking.close),
      read(text, at, place) {
        if (!place.thoughtOpen && !(place.fresh && place.hasThought)) return { type: "none" };
        const found = anyLiteralAt(text, at, thinking.close, place.final);
        if (found === undefined || found === "more") return { type: found ?? "none" };
        return { type: "marker", end: at + found.length, channel: "text", takesSpace: true };
      },
    },
    {
      firsts: firstsOf(thinking.open),
      read(text, at, place) {
        if (!place.fresh && !thinking.anywhere) return { type: "none" };
        const found = anyLiteralAt(text, at, thinking.open, place.final);
        if (found === undefined || found === "more") return { type: found ?? "none" };
        return { type: "marker", end: at + found.length, channel: "reasoning", takesSpace: true };
      },
    },
    {
      firsts: firstsOf(labels),
      read(text, at, place) {
        if (!place.fresh || place.channel !== "reasoning") return { type: "none" };
        const found = anyLiteralAt(text, at, labels, place.final);
        if (found === undefined || found === "more") return { type: found ?? "none" };
        return { type: "marker", end: at + found.length, channel: "reasoning", takesSpace: true };
      },
    },
  ];
}

/** Literals that are markup wherever they stand. */
export function markerOpening(markers: readonly string[]): Opening {
  return {
    firsts: firstsOf(markers),
    read(text, at, place) {
      const found = anyLiteralAt(text, at, markers, place.final);
      if (found === undefined || found === "more") return { type: found ?? "none" };
      return { type: "marker", end: at + found.length, takesSpace: false };
    },
  };
}

/** The most words that a header may have, in characters. */
const HEADER_LIMIT = 128;

/** Markup that begins with one of the literals and goes on up to the other; only the first where it does not come. */
export function headerOpening(headers: readonly { readonly open: string; readonly until: string }[]): Opening {
  return {
    firsts: firstsOf(headers.map(({ open }) => open)),
    read(text, at, place) {
      for (const { open, until } of headers) {
        const look = literalAt(text, at, open);
        if (look === "no") continue;
        if (look === "more")
          return place.final ? { type: "marker", end: text.length, takesSpace: true } : { type: "more" };
        const start = at + open.length;
        let end = start;
        while (end < text.length && end - start < HEADER_LIMIT && text.charAt(end) !== until.charAt(0)) end++;
        const found = literalAt(text, end, until);
        if (found === "more" && !place.final) return { type: "more" };
        return { type: "marker", end: found === "no" ? start : found === "yes" ? end : text.length, takesSpace: true };
      }
      return { type: "none" };
    },
  };
}
