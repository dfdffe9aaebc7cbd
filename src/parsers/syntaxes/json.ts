import { CALL_KEYS, judgeJsonCall } from "../calls/json-call.ts";
import { ObjectReader } from "../json/object-reader.ts";
import { keyAt, skipSpace } from "../look.ts";
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

function callKeyAt(text: string, from: number): "yes" | "none" | "more" {
  const inner = skipSpace(text, from);
  const found = keyAt(text, text.charAt(inner) === "{" ? inner + 1 : from);
  return found === "more" ? "more" : found && CALL_KEYS.has(found.key) ? "yes" : "none";
}
