import { conversations } from "../conversations.ts";
import { departure } from "../differences.ts";
import type { Rule } from "../rule.ts";

export const B02: Rule = {
  id: "B02",
  title: "the generation prompt only adds at the end",
  severity: "warning",
  about:
    "Where the prompt without a generation prompt is not the beginning of the one with it, the template ends the conversation otherwise, " +
    "and nothing that was kept of the one serves the other. Both are rendered for two conversations.",
  fix: "print the generation prompt after everything else, and nothing where it is not asked for",
  sources: [],
  needs: [],
  check(subject) {
    for (const conversation of [conversations.plain, conversations.multiTurn]) {
      const asked = subject.render(conversation);
      const bare = subject.render(conversation, { generate: "absent" });
      if (asked.type === "refused" || bare.type === "refused") continue;
      const difference = departure(bare.text, asked.text);
      const message = "the prompt without a generation prompt is not the beginning of the one with it";
      if (difference) return [{ message, fixture: conversation.name, difference }];
    }
    return [];
  },
};
