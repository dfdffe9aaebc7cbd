import { CALL_KEYS, judgeJsonCall } from "../calls/json-call.ts";
import { ObjectReader } from "../json/object-reader.ts";
import { skipSpace } from "../look.ts";
import type { Syntax } from "../opening.ts";

/**
 * A JSON object with `name` and `arguments`. Inside native markers any object is a call; in plain text only one whose
 * first key is a key of a call (doubled braces allowed), so that other braces pass as text at once.
 */
export const json: Syntax = {
  firsts: "{",
  start(text, at, setting) {
    if (setting.notation !== "native") {
      const look = callKeyAt(text, at + 1);
      if (look !== "yes") return { type: look };
    }
    const reader = new ObjectReader(setting.fenced);
    return {
      type: "body",
      body: {
        read: (piece, from, final) => reader.read(piece, from, final),
        judge: (body, ending) => judgeJsonCall(body, ending, setting),
      },
    };
  },
};

/** The longest key that is looked at. */
const KEY_LIMIT = 24;

function callKeyAt(text: string, from: number): "yes" | "none" | "more" {
  let at = skipSpace(text, from);
  if (text.charAt(at) === "{") at = skipSpace(text, at + 1);
  if (at >= text.length) return "more";
  const quote = text.charAt(at);
  if (quote !== '"' && quote !== "'") return "none";
  let end = at + 1;
  while (end < text.length && end - at <= KEY_LIMIT && /\w/.test(text.charAt(end))) end++;
  if (end >= text.length) return "more";
  if (text.charAt(end) !== quote || !CALL_KEYS.has(text.slice(at + 1, end))) return "none";
  const colon = skipSpace(text, end + 1);
  if (colon >= text.length) return "more";
  return text.charAt(colon) === ":" ? "yes" : "none";
}
