import { conversations } from "../conversations.ts";
import { textOf } from "../differences.ts";
import { markersOf } from "../places.ts";
import type { Rule } from "../rule.ts";

export const B04: Rule = {
  id: "B04",
  title: "generation ends at the end of a turn",
  severity: "error",
  about:
    "A model whose end-of-turn token is not among the tokens that stop it goes on with a made-up user turn. The marker behind an answer " +
    "is learned from a render and tokenised; it must be one of the tokens at which generation ends.",
  fix: "correct the end-of-turn token in the file's metadata, or send the marker as a stop word",
  sources: [],
  needs: ["tokenizer"],
  async check({ render, tokenizer }) {
    const text = textOf(render(conversations.multiTurn));
    const behind = text.slice(text.indexOf("ANSWERZQ given") + "ANSWERZQ given".length).trimStart();
    const [marker] = markersOf(behind);
    const ends = tokenizer?.endIds;
    if (!text.includes("ANSWERZQ given") || !tokenizer || !ends || marker === undefined || !behind.startsWith(marker))
      return [];
    const [id, ...more] = await tokenizer.tokenize(marker, true);
    if (id === undefined || more.length > 0 || ends.includes(id)) return [];
    return [
      { message: `${marker} ends a turn, but generation does not stop at it`, fixture: conversations.multiTurn.name },
    ];
  },
};
