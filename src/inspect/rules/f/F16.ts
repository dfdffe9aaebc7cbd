import { quoting } from "../conversations.ts";
import type { Conversation, Rule } from "../rule.ts";

/** Ends of reasoning that templates look for in content. */
const CLOSINGS = [
  "</think>",
  "[/THINK]",
  "</thought>",
  "</seed:think>",
  "<|END_THINKING|>",
  "<channel|>",
  "<|channel|>",
];
const QUOTES: readonly { readonly tag: string; readonly conversation: Conversation }[] = CLOSINGS.map((tag) => ({
  tag,
  conversation: quoting(tag),
}));

export const F16: Rule = {
  id: "F16",
  title: "text that quotes the end of reasoning is kept whole",
  severity: "warning",
  about:
    "Templates that cut reasoning out of content at `</think>` delete everything before a quoted one: an answer about a template loses " +
    "its first half, and the prompt no longer continues the last one. An answer with the tag in its middle is rendered.",
  fix: "send the message with a non-empty reasoning_content, or break the tag before sending",
  sources: ["llama.cpp #15181"],
  needs: [],
  check: (subject) =>
    QUOTES.flatMap(({ tag, conversation }) => {
      if (!subject.source.includes(tag)) return [];
      const outcome = subject.render(conversation);
      const fixture = conversation.name;
      if (outcome.type === "refused")
        return [{ message: `an answer that quotes ${tag} is refused: ${outcome.message}`, fixture }];
      if (!outcome.text.includes("AFTERZQ") || outcome.text.includes("BEFOREZQ")) return [];
      return [{ message: `text before a quoted ${tag} does not reach the prompt`, fixture }];
    }),
};
