import { conversations } from "../conversations.ts";
import type { Conversation, Rule } from "../rule.ts";
import { user } from "../words.ts";

const LINE = "ASKZQ this is a line of some words that a user may write\n";
const TEXT = LINE.repeat(40);
const LONG: Conversation = { name: "long text", messages: [user(TEXT)] };
/** Characters that a template may say for itself around one message. */
const MOST_CONSTANT = 6_000;
const MOST_TIMES = 2;

export const X10: Rule = {
  id: "X10",
  title: "the prompt is little longer than the messages",
  severity: "warning",
  about:
    "A template that adds pages of its own, or repeats what it is given, costs the context window with every request. One short message " +
    "shows what is added, one long message what is repeated.",
  fix: "read what is added; a system message of your own replaces it in most templates",
  sources: [],
  needs: [],
  check(subject) {
    const [short, long] = [subject.render(conversations.plain), subject.render(LONG)];
    if (short.type === "refused") return [];
    if (short.text.length > MOST_CONSTANT)
      return [{ message: `the template adds ${short.text.length} characters to one message`, fixture: "plain" }];
    if (long.type === "refused") return [];
    const times = (long.text.length - short.text.length) / TEXT.length;
    if (times < MOST_TIMES) return [];
    return [{ message: `a long message becomes ${times.toFixed(1)} times as long`, fixture: LONG.name }];
  },
};
