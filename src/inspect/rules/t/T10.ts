import { conversations } from "../conversations.ts";
import { firstDifference } from "../differences.ts";
import type { Rule } from "../rule.ts";

export const T10: Rule = {
  id: "T10",
  title: "a tool result needs no name",
  severity: "warning",
  about:
    "OpenAI's tool messages have a `tool_call_id` and no `name`. Templates that print the name fail or show an empty one. The same " +
    "result is rendered with and without its name.",
  fix: "send the tool's name with each result, or look it up by the call's id in the template",
  sources: ["ochafik/minja #7"],
  needs: [],
  check(subject) {
    const withName = subject.render(conversations.called, { raw: true });
    if (withName.type === "refused" || !withName.text.includes("SUNNYZQ")) return [];
    const outcome = subject.render(conversations.namelessResult, { raw: true });
    const fixture = conversations.namelessResult.name;
    if (outcome.type === "refused")
      return [{ message: `a result without a name is refused: ${outcome.message}`, fixture }];
    const difference = firstDifference(withName.text, outcome.text);
    return difference ? [{ message: "a result without a name renders otherwise", fixture, difference }] : [];
  },
};
