import type { RenderValue } from "../../../templates/index.ts";
import { conversations, withKwargs } from "../conversations.ts";
import { textOf } from "../differences.ts";
import type { Conversation, Rule } from "../rule.ts";
import { assistant, user } from "../words.ts";
import { thinks } from "./thinking.ts";

/** Variables by which templates keep earlier reasoning; the first four are llama-server's `preserve_reasoning` (b11434). */
const PRESERVING: Readonly<Record<string, RenderValue>> = {
  preserve_thinking: true,
  clear_thinking: false,
  truncate_history_thinking: false,
  drop_thinking: false,
  keep_past_thinking: true,
};

/** Earlier reasoning, and the same with each variable. */
const HISTORIES = [conversations.reasonedLoopOver, conversations.reasoned].map((earlier: Conversation) => ({
  earlier,
  tries: Object.entries(PRESERVING).map(([name, value]) => ({
    setting: `${name}=${value}`,
    conversation: withKwargs(earlier, { [name]: value }),
  })),
}));

/** Where a template that knows reasoning at all shows it. */
const CURRENT: readonly Conversation[] = [
  conversations.reasonedCall,
  {
    name: "reasoning of the last answer",
    messages: [user("ASKZQ please"), assistant("ANSWERZQ given", { reasoning_content: "REASONZQ first" })],
  },
];

export const R02: Rule = {
  id: "R02",
  title: "reasoning of earlier turns is kept, or can be",
  severity: "warning",
  about:
    "Templates that drop reasoning once a new user message comes change the prompt back to the first answer, so everything since is read " +
    "again. A finished tool loop and an answer with reasoning are rendered, then again with each variable by which templates keep it; " +
    "where none helps it is only told.",
  fix: "set the variable in chat_template_kwargs, or preserve_reasoning where the server has it",
  sources: [],
  needs: [],
  check(subject) {
    if (!thinks(subject)) return [];
    for (const { earlier, tries } of HISTORIES) {
      if (earlier.tools && !subject.caps.toolCalls) continue;
      const outcome = subject.render(earlier);
      if (outcome.type === "refused" || outcome.text.includes("REASONZQ")) continue;
      const helping = tries.find(({ conversation }) => textOf(subject.render(conversation)).includes("REASONZQ"));
      const fixture = earlier.name;
      if (helping)
        return [{ message: `reasoning of earlier turns is dropped unless ${helping.setting} is given`, fixture }];
      if (!CURRENT.some((current) => textOf(subject.render(current)).includes("REASONZQ"))) continue;
      return [{ message: "reasoning of earlier turns is dropped, whatever is given", fixture, severity: "info" }];
    }
    return [];
  },
};
