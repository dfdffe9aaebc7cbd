import { conversations } from "../conversations.ts";
import { textOf } from "../differences.ts";
import { markersOf } from "../places.ts";
import type { Rule } from "../rule.ts";

/** Marks that nobody writes but as a token; `[INST]` and `<tool_call>` are plain text in many vocabularies. */
const SPECIAL = /^<[|｜].*[|｜]>$/;

export const B05: Rule = {
  id: "B05",
  title: "markers are single tokens",
  severity: "error",
  about:
    "A wrong conversion leaves a marker such as `<|im_end|>` in pieces of plain text, which the model never saw so. The markers of a " +
    "rendered conversation are tokenised as control tokens; each must be one token.",
  fix: "convert the model again with its added tokens, or take another conversion",
  sources: [],
  needs: ["tokenizer"],
  async check({ render, tokenizer }) {
    const markers = [...new Set(markersOf(textOf(render(conversations.multiTurn))))].filter((each) =>
      SPECIAL.test(each),
    );
    const broken: string[] = [];
    for (const marker of markers) {
      const tokens = await tokenizer!.tokenize(marker, true);
      if (tokens.length > 1) broken.push(`${marker} (${tokens.length} tokens)`);
    }
    if (broken.length === 0) return [];
    return [{ message: `markers are no single tokens: ${broken.join(", ")}`, fixture: conversations.multiTurn.name }];
  },
};
