import { conversations } from "../conversations.ts";
import type { Finding, Rule } from "../rule.ts";

export const E02: Rule = {
  id: "E02",
  title: "our prompt has as many tokens as the server's",
  severity: "warning",
  about:
    "Budgets and predictions of the cache are made of counts. The tokens of our render and of the server's own are counted for a plain " +
    "conversation and one with a call.",
  fix: "see what E01 says of the difference; leave room in the budget until it is gone",
  sources: [],
  needs: ["server", "tokenizer"],
  async check({ render, server, tokenizer }) {
    const findings: Finding[] = [];
    for (const conversation of [conversations.multiTurn, conversations.called]) {
      const ours = render(conversation);
      if (ours.type === "refused") continue;
      const theirs = await server!.applyTemplate(conversation);
      const [own, other] = [await tokenizer!.tokenize(ours.text, true), await tokenizer!.tokenize(theirs, true)];
      if (own.length === other.length) continue;
      const message = `our prompt has ${own.length} tokens, the server's ${other.length}`;
      findings.push({ message, fixture: conversation.name });
    }
    return findings;
  },
};
