import { conversations } from "../conversations.ts";
import type { Finding, Rule } from "../rule.ts";
import { showsCalls } from "../shows-calls.ts";

const CASES = [
  { what: "`content: null`", conversation: conversations.nullContent },
  { what: "a missing `content`", conversation: conversations.missingContent },
];
/** What an empty value becomes where it is printed or joined to text. */
const NOTHING = /\b(?:None|null|undefined)\b/g;

export const T06: Rule = {
  id: "T06",
  title: "a message with calls needs no content",
  severity: "error",
  about:
    "Clients send `content: null`, or none, beside tool calls. A template that reads it all the same fails from the second step on, or " +
    "prints `None`. llama-server fills in an empty text, other programs do not; both forms are rendered as they are.",
  fix: "send an empty string as content, or test for it in the template",
  sources: ["transformers #45419"],
  needs: [],
  check(subject) {
    if (!showsCalls(subject)) return [];
    const filled = subject.render(conversations.called, { raw: true });
    if (filled.type === "refused") return [];
    return CASES.flatMap(({ what, conversation }): readonly Finding[] => {
      const outcome = subject.render(conversation, { raw: true });
      const fixture = conversation.name;
      if (outcome.type === "refused")
        return [{ message: `${what} beside a call is refused: ${outcome.message}`, fixture }];
      const [more, before] = [outcome, filled].map(({ text }) => text.match(NOTHING)?.length ?? 0);
      return more! > before! ? [{ message: `${what} beside a call is printed as a word`, fixture }] : [];
    });
  },
};
