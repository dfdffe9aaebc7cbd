import { conversations } from "../conversations.ts";
import { between } from "../places.ts";
import type { Rule } from "../rule.ts";

export const T02: Rule = {
  id: "T02",
  title: "calls of the history reach the prompt",
  severity: "error",
  about:
    "Where earlier calls are missing, the model sees results out of nowhere and calls again, or stops calling. A call with its result is " +
    "rendered; the tool's name and the argument must stand after the user's words. A template without a word on calls gives a warning.",
  fix: "use a template that prints `tool_calls`",
  sources: [],
  needs: [],
  check(subject) {
    if (subject.render(conversations.tools).type === "refused") return [];
    const outcome = subject.render(conversations.called);
    const fixture = conversations.called.name;
    const severity = subject.source.includes("tool_calls") ? "error" : "warning";
    if (outcome.type === "refused") {
      return [{ message: `a history with a call is refused: ${outcome.message}`, fixture, severity }];
    }
    if (!outcome.text.includes("ASKZQ")) return [];
    const after = between(outcome.text, "ASKZQ", "SUNNYZQ") ?? outcome.text.slice(outcome.text.indexOf("ASKZQ"));
    const missing = ["get_weather_zq", "PARISZQ"].filter((word) => !after.includes(word));
    if (missing.length === 0) return [];
    const what = missing.length === 2 ? "calls of the history" : missing[0] === "PARISZQ" ? "arguments" : "names";
    return [{ message: `${what} do not reach the prompt`, fixture, severity }];
  },
};
