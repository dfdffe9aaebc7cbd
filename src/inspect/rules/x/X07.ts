import type { Rule } from "../rule.ts";
import { smuggled } from "./control-tokens.ts";
import { TOOL_DESCRIPTION } from "./texts.ts";

export const X07: Rule = {
  id: "X07",
  title: "control tokens in a tool's description stay text",
  severity: "warning",
  about:
    "Descriptions come from MCP servers of others; with the template's markers in them they can add a system message. The markers that " +
    "the tokenizer knows are put into a description and looked for in the prompt.",
  fix: "send token ids instead of text (halter's raw wire does), and read the descriptions of tools that others wrote",
  sources: ["llama.cpp #28249"],
  needs: ["vocabulary"],
  check: (subject) => smuggled(subject, TOOL_DESCRIPTION),
};
