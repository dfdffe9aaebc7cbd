import { textOf } from "../differences.ts";
import type { Conversation, Rule } from "../rule.ts";
import { showsCalls } from "../shows-calls.ts";
import { call, calling, result, TOOLS, user } from "../words.ts";

/** JSON as no program would print it again: spaces, order of keys and a number with a zero at its end. */
const CONTENT = '{"zz_q":  1.50, "aa_q": [ "SUNNYZQ", true ]}';
const JSON_RESULT: Conversation = {
  name: "tool result that is JSON",
  tools: TOOLS,
  messages: [
    user("ASKZQ please"),
    calling([call("get_weather_zq", { city_zq: "PARISZQ" })]),
    result(CONTENT, "get_weather_zq"),
  ],
};

export const T16: Rule = {
  id: "T16",
  title: "a tool result that is JSON stays as it was",
  severity: "warning",
  about:
    "A result that is read as JSON and printed anew is not what the tool said: order, spaces and numbers change, and text that only looks " +
    "like JSON is mangled. A result in unusual JSON is rendered; it must stand in the prompt as sent, or as one JSON string.",
  fix: "print the content of a tool message as it is",
  sources: [],
  needs: [],
  check(subject) {
    if (!showsCalls(subject)) return [];
    const text = textOf(subject.render(JSON_RESULT));
    if (!text.includes("SUNNYZQ") || text.includes(CONTENT)) return [];
    if (text.includes(JSON.stringify(CONTENT).slice(1, -1))) return [];
    return [{ message: "a tool result that is JSON is rewritten", fixture: JSON_RESULT.name }];
  },
};
