import { conversations } from "../conversations.ts";
import type { Rule } from "../rule.ts";

export const F05: Rule = {
  id: "F05",
  title: "what becomes of a role that the template does not know",
  severity: "info",
  about:
    "A message of an unknown role is refused by some templates and silently dropped by most; dropped, the model answers without it. " +
    "A conversation with the role `critic` is rendered and its word looked for.",
  fix: "send only the roles system, user, assistant and tool",
  sources: ["QwenLM/Qwen3 #1748"],
  needs: [],
  check(subject) {
    if (subject.render(conversations.multiTurn).type === "refused") return [];
    const outcome = subject.render(conversations.unknownRole);
    const fixture = conversations.unknownRole.name;
    if (outcome.type === "refused") return [{ message: `an unknown role is refused: ${outcome.message}`, fixture }];
    return outcome.text.includes("CRITICZQ")
      ? []
      : [{ message: "a message of an unknown role is dropped silently", fixture }];
  },
};
