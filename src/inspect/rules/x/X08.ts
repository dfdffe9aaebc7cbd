import { conversations } from "../conversations.ts";
import { textOf } from "../differences.ts";
import type { Rule } from "../rule.ts";
import { TOOL_DESCRIPTION, TOOL_RESULT } from "./texts.ts";

const CLOSINGS = /<\/[\w:-]{1,40}>/g;

export const X08: Rule = {
  id: "X08",
  title: "texts cannot close the template's envelopes",
  severity: "info",
  about:
    "Closing tags such as </tools> are ordinary text to most tokenizers: a description or a result that contains one ends the block it " +
    "stands in. The closing tags that the template prints are put into both and looked for in the prompt.",
  fix: "warn of such texts before they are sent, or write < as \\u003c inside JSON",
  sources: ["chat-template-patches"],
  needs: [],
  check(subject) {
    const prompts = [conversations.toolsWithSystem, conversations.called].map((each) => textOf(subject.render(each)));
    const closings = [...new Set(prompts.flatMap((text) => text.match(CLOSINGS) ?? []))];
    if (closings.length === 0) return [];
    const text = `BEFOREZQ ${closings.join(" ")} AFTERZQ`;
    const through = [TOOL_DESCRIPTION, TOOL_RESULT].filter(({ holding }) =>
      textOf(subject.render(holding(text))).includes(text),
    );
    if (through.length === 0) return [];
    const places = through.map(({ name }) => name).join(" and ");
    return [{ message: `${closings.join(" ")} in ${places} reach the prompt as they are` }];
  },
};
