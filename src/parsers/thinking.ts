import { anyLiteralAt, firstsOf } from "./look.ts";
import type { Opening } from "./opening.ts";

/**
 * Openers and closers of reasoning. An opener counts only where nothing has been said yet (a model that repeats the one
 * in the prompt included); elsewhere it is talk about the tag. A closer counts while reasoning is open, where a call
 * ended the reasoning before it, and where it is written twice.
 */
export function thinkingOpenings(thinking: {
  readonly open: readonly string[];
  readonly close: readonly string[];
}): Opening[] {
  return [
    {
      firsts: firstsOf(thinking.open),
      read(text, at, place) {
        if (!place.fresh) return { type: "none" };
        const found = anyLiteralAt(text, at, thinking.open);
        if (found === undefined || found === "more") return { type: found ?? "none" };
        return { type: "marker", end: at + found.length, channel: "reasoning", takesSpace: true };
      },
    },
    {
      firsts: firstsOf(thinking.close),
      read(text, at, place) {
        if (!place.thoughtOpen && !(place.fresh && place.hasThought)) return { type: "none" };
        const found = anyLiteralAt(text, at, thinking.close);
        if (found === undefined || found === "more") return { type: found ?? "none" };
        return { type: "marker", end: at + found.length, channel: "text", takesSpace: true };
      },
    },
  ];
}

/** Literals that are markup wherever they stand. */
export function markerOpening(markers: readonly string[]): Opening {
  return {
    firsts: firstsOf(markers),
    read(text, at) {
      const found = anyLiteralAt(text, at, markers);
      if (found === undefined || found === "more") return { type: found ?? "none" };
      return { type: "marker", end: at + found.length, takesSpace: false };
    },
  };
}
