import { conversations } from "../conversations.ts";
import type { Conversation, Finding, Rule } from "../rule.ts";
import { showsCalls } from "../shows-calls.ts";
import { call, calling, result, TOOLS, user } from "../words.ts";

const TEXT = String(conversations.unicode.messages[0]!.content);
/** No quotes or backslashes here: those are escaped in JSON as they must be. */
const VALUE = "PARISZQ 😀 é 漢字";
const FOREIGN_ARGUMENTS: Conversation = {
  name: "foreign letters in arguments",
  tools: TOOLS,
  messages: [
    user("ASKZQ please"),
    calling([call("get_weather_zq", { city_zq: VALUE })]),
    result("SUNNYZQ and warm", "get_weather_zq"),
  ],
};

export const F08: Rule = {
  id: "F08",
  title: "letters of all languages arrive unchanged",
  severity: "warning",
  about:
    "Escaped (`\\u6f22`) or broken letters cost tokens and teach the model to write escapes. A message with emoji, Chinese, a line " +
    "separator and quotes is rendered, and a call with such letters in its arguments; both must stand in the prompt as they are.",
  fix: "use `tojson(ensure_ascii=false)` for arguments and print content as it is",
  sources: ["transformers #31079", "tabbyAPI #459"],
  needs: [],
  check(subject) {
    const findings: Finding[] = [];
    const content = subject.render(conversations.unicode);
    if (content.type === "text" && content.text.includes("ASKZQ") && !content.text.includes(TEXT)) {
      findings.push({ message: "the characters of a message are changed", fixture: conversations.unicode.name });
    }
    const called = subject.render(FOREIGN_ARGUMENTS);
    if (
      showsCalls(subject) &&
      called.type === "text" &&
      called.text.includes("PARISZQ") &&
      !called.text.includes(VALUE)
    ) {
      findings.push({
        message: "letters in a call's arguments are escaped or changed",
        fixture: FOREIGN_ARGUMENTS.name,
      });
    }
    return findings;
  },
};
