import { conversations } from "../conversations.ts";
import type { Conversation, Finding, Rule, Subject } from "../rule.ts";
import { showsCalls } from "../shows-calls.ts";

/** Each with the same conversation without the empty message, and with words in it. */
const CASES = [
  {
    what: "an empty answer",
    empty: conversations.emptyAssistant,
    without: conversations.twoUsers,
    filled: conversations.multiTurn,
  },
  {
    what: "an empty tool result",
    empty: conversations.emptyResult,
    without: lacking("tool", conversations.emptyResult),
    filled: conversations.calledAndAnswered,
  },
] as const;

export const F17: Rule = {
  id: "F17",
  title: "an empty message keeps its turn",
  severity: "warning",
  about:
    "A tool that prints nothing and an answer of nothing are ordinary. A template that refuses them, or leaves the whole turn out, breaks " +
    "the session or the order of calls and results. Both are rendered with the message empty and with the message absent.",
  fix: "print the turn whatever its content; meanwhile send `(no output)`",
  sources: [],
  needs: [],
  check: (subject) =>
    CASES.flatMap(({ what, empty, without, filled }) => {
      if (empty === conversations.emptyResult && !showsCalls(subject)) return [];
      return subject.render(filled).type === "refused" ? [] : emptied(subject, what, empty, without);
    }),
};

function emptied(subject: Subject, what: string, empty: Conversation, without: Conversation): readonly Finding[] {
  const outcome = subject.render(empty);
  const fixture = empty.name;
  if (outcome.type === "refused") return [{ message: `${what} is refused: ${outcome.message}`, fixture }];
  const bare = subject.render(without);
  if (bare.type === "refused" || bare.text !== outcome.text) return [];
  return [{ message: `${what} leaves no trace in the prompt`, fixture }];
}

function lacking(role: string, conversation: Conversation): Conversation {
  const messages = conversation.messages.filter((message) => message.role !== role);
  return { ...conversation, name: `${conversation.name}, left out`, messages };
}
