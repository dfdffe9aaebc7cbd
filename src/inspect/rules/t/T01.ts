import { conversations } from "../conversations.ts";
import { textOf } from "../differences.ts";
import type { Rule, Subject } from "../rule.ts";

export const T01: Rule = {
  id: "T01",
  title: "tools reach the prompt",
  severity: "error",
  about:
    "A model that is not told of its tools cannot call them, and nothing says so. One user message with two tools is rendered; a tool's " +
    "name must stand in the prompt. A template that does not even mention tools was made for a model without them: that is a warning.",
  fix: "use the template of a release with tools, for instance llama-server's --chat-template-file",
  sources: [],
  needs: [],
  check(subject) {
    if (subject.render(conversations.plain).type === "refused") return [];
    const outcome = subject.render(conversations.tools);
    const fixture = conversations.tools.name;
    if (outcome.type === "refused")
      return [{ message: `a request with tools is refused: ${outcome.message}`, fixture }];
    if (outcome.text.includes("get_weather_zq")) return [];
    if (isExpected(subject)) return [{ message: "tools do not reach the prompt", fixture }];
    return [{ message: "the template knows no tools: they do not reach the prompt", fixture, severity: "warning" }];
  },
};

/** Whether the template speaks of tools, or the known-good one of its family shows them. */
function isExpected({ source, reference }: Subject): boolean {
  if (/\btools\b/.test(source)) return true;
  return reference !== undefined && textOf(reference.render(conversations.tools)).includes("get_weather_zq");
}
