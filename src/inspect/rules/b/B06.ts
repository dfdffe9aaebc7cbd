import { conversations } from "../conversations.ts";
import { textOf } from "../differences.ts";
import type { Rule } from "../rule.ts";

export const B06: Rule = {
  id: "B06",
  title: "the prompt does not end with a space",
  severity: "warning",
  about:
    "Most vocabularies have words with the space in front. A prompt that ends with a space takes that away from the first word, so the " +
    "answer begins with a rare token. One user message is rendered.",
  fix: "remove the space at the end of the generation prompt",
  sources: ["huggingface.js #677", "FastEval #26"],
  needs: [],
  check(subject) {
    const text = textOf(subject.render(conversations.plain));
    if (!/[^\n\t ][ \t]+$/.test(text)) return [];
    return [{ message: `the prompt ends with ${JSON.stringify(text.slice(-12))}`, fixture: conversations.plain.name }];
  },
};
