import { conversations } from "../conversations.ts";
import type { Rule } from "../rule.ts";
import { showsCalls } from "../shows-calls.ts";

export const T17: Rule = {
  id: "T17",
  title: "a user message may follow a tool result",
  severity: "warning",
  about:
    "A user who interrupts, or a reminder of the harness, follows a tool result directly. Templates that want an answer in between refuse " +
    "the request. A call, its result and a user message are rendered.",
  fix: "put a short assistant message between the result and the user's words",
  sources: ["crush #279", "hermes-agent #20154"],
  needs: [],
  check(subject) {
    if (!showsCalls(subject)) return [];
    const outcome = subject.render(conversations.userAfterResult);
    const fixture = conversations.userAfterResult.name;
    if (outcome.type === "text") return [];
    return [{ message: `a user message after a tool result is refused: ${outcome.message}`, fixture }];
  },
};
