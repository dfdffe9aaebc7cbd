import { conversations } from "../conversations.ts";
import type { Conversation, Rule } from "../rule.ts";
import { CLOCK } from "../words.ts";

export const S08: Rule = {
  id: "S08",
  title: "what a tool costs",
  severity: "info",
  about:
    "Every tool is read again with each prompt that is not in the cache, and the instructions around the list come with the first one. " +
    "Prompts with no, one and two tools are tokenized; the second tool's share is compared with its own JSON.",
  fix: "offer fewer tools, or shorten their descriptions",
  sources: [],
  needs: ["tokenizer"],
  async check(subject) {
    const { tokenizer, caps } = subject;
    if (!tokenizer || !caps.tools) return [];
    const count = async (text: string, special: boolean) => (await tokenizer.tokenize(text, special)).length;
    const tokensOf = async (conversation: Conversation) => {
      const outcome = subject.render(conversation);
      return outcome.type === "text" ? count(outcome.text, true) : undefined;
    };
    const none = await tokensOf(conversations.plain);
    const one = await tokensOf(conversations.oneTool);
    const two = await tokensOf(conversations.tools);
    if (none === undefined || one === undefined || two === undefined) return [];
    const json = await count(JSON.stringify(CLOCK), false);
    const message =
      `the first tool costs ${one - none} tokens with its instructions, a further one of the same size ${two - one} ` +
      `(its JSON alone: ${json})`;
    return [{ message, fixture: conversations.tools.name }];
  },
};
