import { conversations } from "../conversations.ts";
import { between } from "../places.ts";
import type { Rule } from "../rule.ts";

export const B01: Rule = {
  id: "B01",
  title: "the generation prompt has an effect",
  severity: "warning",
  about:
    "Without the header of the assistant's turn the model may go on with the user's words. The same conversation is rendered with and " +
    "without it. Formats in which an answer follows the user's turn without a header (`[/INST]`) have none: that is only a fact.",
  fix: "print the assistant's header where `add_generation_prompt` is true",
  sources: [],
  needs: [],
  check(subject) {
    const asked = subject.render(conversations.plain);
    const bare = subject.render(conversations.plain, { generate: "absent" });
    if (asked.type === "refused" || bare.type === "refused" || asked.text !== bare.text) return [];
    const fixture = conversations.plain.name;
    const answered = subject.render(conversations.assistantLast);
    const header = answered.type === "text" ? between(answered.text, "ASKZQ please", "ANSWERZQ") : undefined;
    const tail = asked.text.slice(asked.text.indexOf("ASKZQ please") + "ASKZQ please".length);
    if (header !== undefined && header.trim() === tail.trim()) {
      return [
        {
          message: "the prompt ends where an answer begins, with or without add_generation_prompt",
          fixture,
          severity: "info",
        },
      ];
    }
    return [{ message: "add_generation_prompt changes nothing, though answers have a header", fixture }];
  },
};
