import { conversations } from "../conversations.ts";
import { textOf } from "../differences.ts";
import type { Rule } from "../rule.ts";
import { openingOf, type ThinkingTags, tagsOf } from "./thinking.ts";

/** Messages without reasoning, and what is before them in the prompt. */
const HISTORIES = [
  { conversation: conversations.called, where: "before a call" },
  { conversation: conversations.multiTurn, where: "before an earlier answer" },
] as const;

export const R04: Rule = {
  id: "R04",
  title: "a message without reasoning shows no empty block for it",
  severity: "warning",
  about:
    "A client that does not send reasoning back gets `<think></think>` in the place of what the model thought: the prompt departs from what " +
    "the cache has, and the model learns from its own history to think nothing. A call and an answer without reasoning are rendered.",
  fix: "print the block only where there is reasoning, or send the reasoning back",
  sources: ["Qwen3.8 #131"],
  needs: [],
  check(subject) {
    const tags = tagsOf(subject);
    for (const { conversation, where } of HISTORIES) {
      if (conversation.tools && !subject.caps.toolCalls) continue;
      const text = textOf(subject.render(conversation, { generate: "absent" }));
      // Instructions may show the block; and where the prompt itself ends in one, history is right to have it.
      const history = text.slice(text.indexOf("ASKZQ"));
      const empty = tags.find((each) => hasEmpty(history, each) && !hasEmpty(openingOf(subject, conversation), each));
      if (!empty) continue;
      const message = `an empty ${empty.open}${empty.close} stands ${where} that came without reasoning`;
      return [{ message, fixture: conversation.name }];
    }
    return [];
  },
};

function hasEmpty(text: string, { open, close }: ThinkingTags): boolean {
  return text
    .split(open)
    .slice(1)
    .some((rest) => rest.trimStart().startsWith(close));
}
