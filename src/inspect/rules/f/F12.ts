import { conversations } from "../conversations.ts";
import type { Rule } from "../rule.ts";
import { showsCalls } from "../shows-calls.ts";

export const F12: Rule = {
  id: "F12",
  title: "a history without a user message is taken",
  severity: "error",
  about:
    "A compaction that keeps only the last tool calls leaves no user message. Some templates look for one and raise, so every later " +
    "request of the session fails. A system message, a call and its result are rendered.",
  fix: "keep or add a user message when history is shortened",
  sources: ["opencode #25168"],
  needs: [],
  check(subject) {
    if (!showsCalls(subject)) return [];
    const outcome = subject.render(conversations.noUser);
    if (outcome.type === "text") return [];
    return [{ message: `without a user message it refuses: ${outcome.message}`, fixture: conversations.noUser.name }];
  },
};
