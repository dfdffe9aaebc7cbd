import type { Rule } from "../rule.ts";

export const P01: Rule = {
  id: "P01",
  title: "there is a chat template",
  severity: "error",
  about:
    "Without a template the server takes ChatML, which the model may never have seen: it answers with nonsense and never calls a tool. " +
    "Looked for: a source that is empty, or nothing but white space.",
  fix: "give the template of the model's own repository (--chat-template-file)",
  sources: ["ggufdoctor S001"],
  needs: [],
  evenUnreadable: true,
  check: ({ source, gguf }) => {
    if (source.trim() !== "") return [];
    return [{ message: gguf ? `${gguf.file} has no chat template` : "the template is empty" }];
  },
};
