import type { SyntaxData } from "../../types/index.ts";
import { bodyOf } from "../body.ts";
import { CALL_KEYS, type CallKeys, judgeJsonCall } from "../calls/json-call.ts";
import { ObjectReader } from "../json/object-reader.ts";
import { keyAt, skipSpace } from "../look.ts";
import type { Syntax } from "../opening.ts";

/**
 * A JSON object with the tool's name and its arguments. Behind native markers any object is a call; elsewhere only one
 * whose first key is a key of a call (doubled braces allowed), so that other braces pass as text at once.
 */
export function jsonSyntax(keys: Omit<SyntaxData<"json">, "type">): Syntax {
  return {
    starts: ["{"],
    start(text, at, setting) {
      const isText = setting.notation !== "native" || setting.unmarked === true;
      if (isText) {
        const look = callKeyAt(text, at + 1, keys);
        if (look !== "yes") return { type: look };
      }
      const reader = new ObjectReader(setting.fence, setting.around, isText ? setting.breaks : undefined);
      const body = bodyOf(reader, (object, ending) => judgeJsonCall(object, ending, setting, keys));
      return { type: "body", end: at, body };
    },
  };
}

function callKeyAt(text: string, from: number, keys: CallKeys): "yes" | "none" | "more" {
  const inner = skipSpace(text, from);
  const found = keyAt(text, text.charAt(inner) === "{" ? inner + 1 : from);
  if (found === "more" || !found) return found ?? "none";
  return CALL_KEYS.has(found.key) || found.key === keys.nameKey || found.key === keys.argumentsKey ? "yes" : "none";
}
