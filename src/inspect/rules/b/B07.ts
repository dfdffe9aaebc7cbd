import { conversations } from "../conversations.ts";
import { departure } from "../differences.ts";
import type { Rule } from "../rule.ts";

export const B07: Rule = {
  id: "B07",
  title: "whether an answer can be begun for the model",
  severity: "info",
  about:
    "To go on with a cut answer, its text is put behind the generation prompt. That is what the model saw in training only where a whole " +
    "answer stands behind the same bytes. A conversation that ends with an answer is compared with the prompt for that answer.",
  fix: "continue cut answers with a user message where prompt and history differ",
  sources: ["llama.cpp #20861"],
  needs: [],
  check(subject) {
    const prompt = subject.render(conversations.plain);
    if (prompt.type === "refused") return [];
    const outcome = subject.render(conversations.assistantLast, { generate: "absent" });
    const fixture = conversations.assistantLast.name;
    if (outcome.type === "refused")
      return [{ message: `an answer at the end is refused: ${outcome.message}`, fixture }];
    const at = outcome.text.indexOf("ANSWERZQ");
    if (at < 0) return [{ message: "an answer at the end does not reach the prompt", fixture }];
    const difference = departure(prompt.text, outcome.text);
    if (difference)
      return [{ message: "an answer in the history does not stand behind the generation prompt", fixture, difference }];
    const between = outcome.text.slice(prompt.text.length, at);
    return between === ""
      ? []
      : [{ message: `answers begin with ${JSON.stringify(between)}, which the prompt lacks`, fixture }];
  },
};
