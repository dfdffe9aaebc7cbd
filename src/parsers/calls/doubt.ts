import type { Repair } from "../../types/index.ts";
import { UNCLOSED_TEXT } from "../json/strings.ts";

/** Why a part of a call may be missing after a repair; undefined for repairs that can have lost nothing. */
export function doubtOf(repair: Repair): "unclosed" | "quotes" | undefined {
  if (repair.name === UNCLOSED_TEXT) return "unclosed";
  // Quotes come in pairs: after an odd one inside, the quote that was taken for the string's end closes that pair.
  return repair.name === "inner_quote" && quotesIn(repair.before) % 2 === 1 ? "quotes" : undefined;
}

/** Whether a part of a call may be missing after this repair. */
export const isDoubtful = (repair: Repair): boolean => doubtOf(repair) !== undefined;

/** How many quotes of a text are not escaped. */
function quotesIn(text: string): number {
  return [...text.matchAll(/\\.|"/gs)].filter(([found]) => found === '"').length;
}
