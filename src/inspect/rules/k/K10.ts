import { conversations } from "../conversations.ts";
import type { Rule, Tokenizer } from "../rule.ts";

/** How answers begin. */
const BEGINNINGS = ["I", "\n", "\n\n", " The", "<think>", "<tool_call>", "{"];

export const K10: Rule = {
  id: "K10",
  title: "the end of the prompt does not melt into the answer",
  severity: "info",
  about:
    "Where the last token of a prompt and the first of the answer are one token when the text is tokenized as a whole, the next prompt has " +
    "other tokens at that place than the cache. The prompt is tokenized alone and with several beginnings of an answer.",
  fix: "keep the ids that the model made and send them with the next prompt, where the endpoint takes ids",
  sources: [],
  needs: ["tokenizer"],
  async check(subject) {
    const { tokenizer } = subject;
    const prompt = subject.render(conversations.plain);
    if (!tokenizer || prompt.type === "refused") return [];
    const melting: string[] = [];
    for (const beginning of BEGINNINGS) {
      if (await melts(tokenizer, prompt.text, beginning)) melting.push(JSON.stringify(beginning));
    }
    if (melting.length === 0) return [];
    const message = `the prompt's last token changes where an answer begins with ${melting.join(", ")}`;
    return [{ message, fixture: conversations.plain.name }];
  },
};

/** True where the ids of the prompt are not the first ids of prompt and answer. */
async function melts(tokenizer: Tokenizer, prompt: string, beginning: string): Promise<boolean> {
  const alone = await tokenizer.tokenize(prompt, true);
  const together = await tokenizer.tokenize(prompt + beginning, true);
  return alone.some((id, index) => id !== together[index]);
}
