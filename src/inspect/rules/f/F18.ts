import { conversations } from "../conversations.ts";
import { textOf } from "../differences.ts";
import { withoutMarkers } from "../places.ts";
import type { Rule } from "../rule.ts";

/** Fewer words are names of roles. */
const WORDS = 4;

export const F18: Rule = {
  id: "F18",
  title: "which system text stands there when none is sent",
  severity: "info",
  about:
    "Templates with a default system text send it where the client sends none, so the model works under words that the user never saw. " +
    "One user message is rendered; words before it that are no markers are shown.",
  fix: "send a system message of your own",
  sources: [],
  needs: [],
  check(subject) {
    const text = textOf(subject.render(conversations.plain));
    const before = withoutMarkers(text.slice(0, Math.max(0, text.indexOf("ASKZQ"))))
      .replaceAll(/\s+/g, " ")
      .trim();
    if ((before.match(/\p{L}{2,}/gu) ?? []).length < WORDS) return [];
    const shown = before.length > 120 ? `${before.slice(0, 120)}…` : before;
    return [{ message: `default system text: ${JSON.stringify(shown)}`, fixture: conversations.plain.name }];
  },
};
