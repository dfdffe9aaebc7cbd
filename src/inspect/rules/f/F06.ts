import { conversations } from "../conversations.ts";
import type { Rule } from "../rule.ts";
import { showsCalls } from "../shows-calls.ts";

export const F06: Rule = {
  id: "F06",
  title: "text beside a tool call is kept",
  severity: "warning",
  about:
    "What the model said before it called a tool disappears from the history, so it loses its plan and the prompt no longer continues the " +
    "last one. An assistant message with content and a call is rendered; both must stand in the prompt.",
  fix: "print the content of a message with calls before the calls",
  sources: [],
  needs: [],
  check(subject) {
    if (!showsCalls(subject)) return [];
    const outcome = subject.render(conversations.contentBesideCall);
    if (outcome.type === "refused" || outcome.text.includes("BESIDEZQ")) return [];
    return [
      {
        message: "the text beside a tool call does not reach the prompt",
        fixture: conversations.contentBesideCall.name,
      },
    ];
  },
};
