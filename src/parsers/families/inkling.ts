import type { ParserSpec } from "../../types/index.ts";

/** Inkling: messages, each with a tag for its kind; before a call the header names the tool. */
export const inkling: ParserSpec = {
  id: "inkling",
  thinking: { open: ["<|content_thinking|>"], close: ["<|end_message|>", "<|content_text|>"], anywhere: true },
  calls: [
    {
      open: "<|content_invoke_tool_json|>",
      close: "<|end_message|>",
      syntaxes: [{ type: "json", nameKey: "name", argumentsKey: "args" }],
    },
  ],
  headers: [{ open: "<|message_model|>", until: ["<|content_"], begun: true }],
  markers: [
    "<|content_text|>",
    "<|content_invoke_tool_text|>",
    "<|content_tool_error|>",
    "<|content_model_end_sampling|>",
    "<|end_message|>",
  ],
  textCalls: true,
};
