import type { Rule } from "../rule.ts";

export const P15: Rule = {
  id: "P15",
  title: "it is known which of several templates is used",
  severity: "info",
  about:
    "Some models carry several templates: transformers and llama-server take tool_use where tools are given, Ollama and others always the " +
    "default one. What came with this template is listed.",
  fix: "check the other template too: it is what renders requests with tools",
  sources: [],
  needs: [],
  check: ({ siblings, source }) =>
    Object.entries(siblings).map(([name, text]) => ({
      message: `there is another template, ${name}${name === "tool_use" ? ", used where tools are given" : ""}${text === source ? " (the same text)" : ""}`,
    })),
};
