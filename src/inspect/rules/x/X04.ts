import { conversations } from "../conversations.ts";
import type { Conversation, Rule } from "../rule.ts";
import { assistant, user } from "../words.ts";

/** Four times as many messages should cost about four times as much; sixteen times is the square. */
const SHORT = turns(8);
const LONG = turns(32);
const STEEP = 10;

export const X04: Rule = {
  id: "X04",
  title: "a render uses little",
  severity: "security",
  about:
    "No engine of the servers limits what a template may use: a loop without end, a macro that calls itself or a string that doubles " +
    "stops or kills the server. Conversations are rendered with limits; how the work grows with the history is measured.",
  fix: "do not use this template; take the one of the model's maker",
  sources: ["llama.cpp #19085", "llama.cpp #26387"],
  needs: [],
  check(subject) {
    const shown = [conversations.plain, conversations.toolsWithSystem, conversations.called, LONG];
    for (const conversation of shown) {
      const outcome = subject.render(conversation);
      if (outcome.type === "refused" && outcome.limited)
        return [{ message: `the render had to be stopped: ${outcome.message}`, fixture: conversation.name }];
    }
    const [short, long] = [subject.render(SHORT), subject.render(LONG)];
    if (short.type === "refused" || long.type === "refused" || long.steps < short.steps * STEEP) return [];
    const times = Math.round(long.steps / short.steps);
    const message = `a history four times as long costs ${times} times the work`;
    return [{ message, fixture: LONG.name, severity: "info" }];
  },
};

function turns(count: number): Conversation {
  const messages = Array.from({ length: count }, (_, index) => [user(`ASK${index}ZQ`), assistant(`ANSWER${index}ZQ`)]);
  return { name: `${count} turns`, messages: [...messages.flat(), user("ASKZQ please")] };
}
