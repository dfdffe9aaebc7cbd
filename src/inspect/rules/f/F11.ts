import { conversations } from "../conversations.ts";
import type { Rule } from "../rule.ts";

const SHAPES = [
  { conversation: conversations.twoUsers, what: "two user messages in a row" },
  { conversation: conversations.twoAssistants, what: "two assistant messages in a row" },
  { conversation: conversations.assistantFirst, what: "an assistant message at the start" },
];

export const F11: Rule = {
  id: "F11",
  title: "roles need not alternate",
  severity: "warning",
  about:
    "A cancelled answer, a reminder or a compaction leaves two messages of one role in a row. Templates that insist on user and " +
    "assistant by turns refuse the whole request then. Three such conversations are rendered.",
  fix: "merge neighbouring messages of one role before sending",
  sources: ["crush #279", "vllm #6862", "mistral-vibe #255"],
  needs: [],
  check(subject) {
    if (subject.render(conversations.multiTurn).type === "refused") return [];
    const refused = SHAPES.flatMap(({ conversation, what }) => {
      const outcome = subject.render(conversation);
      return outcome.type === "refused" ? [{ conversation, what, words: outcome.message }] : [];
    });
    const [first] = refused;
    if (!first) return [];
    const list = refused.map(({ what }) => what).join("; ");
    return [{ message: `refused: ${list} (${first.words})`, fixture: first.conversation.name }];
  },
};
