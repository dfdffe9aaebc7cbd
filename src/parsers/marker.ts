import { anyLiteralAt } from "./look.ts";
import type { Channel, Opening, Place } from "./opening.ts";

/** Literals that are markup, wherever they stand or only where they count; `channel`: what the text after them belongs to. */
export function markerOpening(
  literals: readonly string[],
  marker: { readonly channel?: Channel; readonly takesSpace: boolean },
  counts: (place: Place) => boolean = () => true,
): Opening {
  return {
    starts: literals,
    read(text, at, place) {
      if (!counts(place)) return { type: "none" };
      const found = anyLiteralAt(text, at, literals, place.final);
      if (found === undefined || found === "more") return { type: found ?? "none" };
      return { type: "marker", end: at + found.length, ...marker };
    },
  };
}
