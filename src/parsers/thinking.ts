import type { ParserSpec } from "../types/index.ts";
import { anyLiteralAt } from "./look.ts";
import { markerOpening } from "./marker.ts";
import type { Head, Opening, Place } from "./opening.ts";

/**
 * Openers and closers of reasoning. An opener counts only where nothing has been said yet (a model that repeats the one
 * in the prompt included); elsewhere it is talk about the tag. A closer counts while reasoning is open, where a call
 * ended the reasoning before it, and where it is written twice.
 */
export function thinkingOpenings(thinking: NonNullable<ParserSpec["thinking"]>): Opening[] {
  const { open, close, anywhere = false, labels = [] } = thinking;
  const closes = (place: Place): boolean => place.thoughtOpen || (place.fresh && place.hasThought);
  const closer = markerOpening(close, { channel: "text", takesSpace: true }, closes);
  const begins = { channel: "reasoning", takesSpace: true } as const;
  return [
    {
      ...closer,
      read(text, at, place) {
        const head = closer.read(text, at, place);
        return head.type === "none" ? brokenOff(text, at, close, place) : head;
      },
    },
    markerOpening(open, begins, ({ fresh }) => fresh || anywhere),
    markerOpening(labels, begins, ({ fresh, channel }) => fresh && channel === "reasoning"),
  ];
}

/** The beginning of a closing tag with which the answer ends, where it is enough of one to be nothing else. */
function brokenOff(text: string, at: number, closers: readonly string[], place: Place): Head {
  const isBroken = place.channel === "reasoning" && anyLiteralAt(text, at, closers) === "more";
  if (!isBroken || !/^(?:<\W|\[\/)/.test(text.slice(at, at + 2))) return { type: "none" };
  return { type: "marker", end: text.length, takesSpace: true };
}
