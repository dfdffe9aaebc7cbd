import type { Rule } from "../rule.ts";
import { smuggled } from "./control-tokens.ts";
import { USER_TEXT } from "./texts.ts";

export const X05: Rule = {
  id: "X05",
  title: "control tokens in a user's text stay text",
  severity: "info",
  about:
    "Servers tokenise the prompt as a whole: a text that contains <|im_end|> ends its own turn and may speak for the system. The " +
    "template's markers that the tokenizer knows are put into a user's text and looked for in the prompt.",
  fix: "send token ids instead of text (halter's raw wire does)",
  sources: ["llama.cpp #24382", "llama.cpp #28249"],
  needs: ["vocabulary"],
  check: (subject) => smuggled(subject, USER_TEXT),
};
