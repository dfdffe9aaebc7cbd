import { conversations, withKwargs } from "../conversations.ts";
import { departure, textOf } from "../differences.ts";
import type { Conversation, Rule } from "../rule.ts";
import { assistant, user } from "../words.ts";
import { tagsOf } from "./thinking.ts";

/** Both names that templates have for the switch. */
const OFF = { enable_thinking: false, thinking: false };
const ON = { enable_thinking: true, thinking: true };
const ANSWERED: Conversation = {
  name: "answered",
  messages: [user("ASKZQ please"), assistant("ANSWERZQ given"), user("AGAINZQ please")],
};
const PROMPT = withKwargs(conversations.plain, OFF);
const THINKING = withKwargs(conversations.plain, ON);
const HISTORY = withKwargs(ANSWERED, OFF);

export const R05: Rule = {
  id: "R05",
  title: "with thinking off, history looks like the prompts did",
  severity: "warning",
  about:
    "Where thinking is switched off by an empty block that only the end of the prompt has, the next prompt lacks it before the answer: " +
    "every answer is read once more. A prompt with thinking off and the one after its answer are rendered, where there is a switch; the second must go on from the first with the answer.",
  fix: "print the empty block before earlier answers too while thinking is off",
  sources: ["QwenLM/Qwen3 #1826"],
  needs: [],
  check(subject) {
    const prompt = subject.render(PROMPT);
    const history = subject.render(HISTORY);
    if (prompt.type === "refused" || history.type === "refused") return [];
    if (textOf(subject.render(THINKING)) === prompt.text) return [];
    const difference = departure(`${prompt.text}ANSWERZQ`, history.text);
    const answer = history.text.indexOf("ANSWERZQ");
    if (!difference || answer < 0) return [];
    const lost = prompt.text.slice(difference.at);
    const instead = history.text.slice(difference.at, Math.max(difference.at, answer));
    const tags = tagsOf(subject).flatMap(({ open, close }) => [open, close]);
    const has = (text: string) => tags.some((tag) => text.includes(tag));
    if (!has(lost) && !has(instead)) return [];
    const message = has(lost)
      ? "with thinking off the prompt ends in a block that is gone once the answer is history"
      : "with thinking off an answer in history has a block that the prompt did not end in";
    return [{ message, fixture: HISTORY.name, difference }];
  },
};
