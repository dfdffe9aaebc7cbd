import { conversations } from "../conversations.ts";
import { firstDifference } from "../differences.ts";
import type { Rule } from "../rule.ts";
import { argumentForms } from "./argument-forms.ts";

export const T05: Rule = {
  id: "T05",
  title: "arguments as JSON text and as an object look the same",
  severity: "warning",
  about:
    'Arguments that are encoded twice (`\\"city\\"`) teach the model to escape, and a client that sends the other form gets another ' +
    "prompt. A call is rendered with both forms, without the server's rewrites.",
  fix: "parse the arguments before rendering",
  sources: ["sglang #11700", "llama.cpp #19553", "flama #258"],
  needs: [],
  check(subject) {
    const { asObject, asText } = argumentForms(subject);
    const fixture = conversations.stringArguments.name;
    if (asText.type === "refused" || !asText.text.includes("PARISZQ")) return [];
    if (asObject.type === "refused") {
      return [
        { message: `arguments as an object are refused: ${asObject.message}`, fixture: conversations.called.name },
      ];
    }
    const difference = firstDifference(asObject.text, asText.text);
    if (!difference) return [];
    const isTwice = /\\"city_zq\\"/.test(asText.text);
    return [
      { message: isTwice ? "JSON text is encoded twice" : "the two forms render differently", fixture, difference },
    ];
  },
};
