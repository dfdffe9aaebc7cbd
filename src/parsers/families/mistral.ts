import type { ParserSpec } from "../../types/index.ts";

/** Mistral: from v11 on a name and its arguments, before that a list of objects. */
export const mistral: ParserSpec = {
  id: "mistral",
  thinking: { open: ["[THINK]", "<think>"], close: ["[/THINK]", "</think>"] },
  calls: [
    {
      open: "[TOOL_CALLS]",
      syntaxes: ["json", { type: "named-json", id: "[CALL_ID]", separators: ["[ARGS]"] }],
    },
  ],
  opener: "[TOOL_CALLS]{name}[ARGS]",
  markers: ["</s>"],
  textCalls: true,
};
