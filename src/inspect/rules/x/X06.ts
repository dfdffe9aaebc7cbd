import type { Rule } from "../rule.ts";
import { smuggled } from "./control-tokens.ts";
import { TOOL_RESULT } from "./texts.ts";

export const X06: Rule = {
  id: "X06",
  title: "control tokens in a tool's result stay text",
  severity: "warning",
  about:
    "A web page or file that contains the template's markers can end its own turn and speak for the user. The markers that the tokenizer " +
    "knows are put into a tool's result and looked for in the prompt.",
  fix: "send token ids instead of text (halter's raw wire does)",
  sources: ["llama.cpp #26532"],
  needs: ["vocabulary"],
  check: (subject) => smuggled(subject, TOOL_RESULT),
};
