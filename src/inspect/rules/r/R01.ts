import { conversations } from "../conversations.ts";
import type { Rule } from "../rule.ts";
import { thinks } from "./thinking.ts";

export const R01: Rule = {
  id: "R01",
  title: "reasoning is kept while the tool loop goes on",
  severity: "warning",
  about:
    "A model that thinks before a call and does not see its thoughts when the result comes back begins anew at every step, repeats calls " +
    "or stops thinking. A call with reasoning and its result are rendered; the reasoning must stand in the prompt.",
  fix: "print `reasoning_content` of assistant messages after the last user message",
  sources: [],
  needs: [],
  check(subject) {
    if (!subject.caps.toolCalls || !thinks(subject)) return [];
    const outcome = subject.render(conversations.reasonedCall);
    if (outcome.type === "refused" || outcome.text.includes("REASONZQ")) return [];
    const message = "the reasoning before a call does not reach the prompt that has the call's result";
    return [{ message, fixture: conversations.reasonedCall.name }];
  },
};
