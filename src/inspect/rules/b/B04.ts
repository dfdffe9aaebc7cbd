import { conversations } from "../conversations.ts";
import { textOf } from "../differences.ts";
import { between, markersOf } from "../places.ts";
import type { Rule } from "../rule.ts";

export const B04: Rule = {
  id: "B04",
  title: "generation ends at the end of a turn",
  severity: "error",
  about:
    "A model whose end-of-turn token is not among the tokens that stop it goes on with a made-up user turn. The markers behind an " +
    "answer are learned from renders and tokenised; generation must end at one of them at least.",
  fix: "correct the end-of-turn token in the file's metadata, or send the marker as a stop word",
  sources: [],
  needs: ["tokenizer"],
  async check({ render, tokenizer }) {
    const ends = tokenizer?.endIds;
    const markers = new Set([
      ...markersOf(between(textOf(render(conversations.multiTurn)), "ANSWERZQ given", "AGAINZQ") ?? ""),
      ...markersOf(
        textOf(render(conversations.assistantLast, { generate: "absent" })).split("ANSWERZQ given")[1] ?? "",
      ),
    ]);
    if (!tokenizer || !ends || markers.size === 0) return [];
    for (const marker of markers) {
      const [id, ...more] = await tokenizer.tokenize(marker, true);
      if (id !== undefined && more.length === 0 && ends.includes(id)) return [];
    }
    const message = `generation stops at none of the markers behind an answer: ${[...markers].join(" ")}`;
    return [{ message, fixture: conversations.multiTurn.name }];
  },
};
