import type { ParserSpec } from "../../types/index.ts";
import { thinkTag, toolCallTag } from "./markers.ts";

/** Granite 3 and 20B: objects or a list of them behind one of its markers; reasoning is announced in prose. */
export const granite: ParserSpec = {
  id: "granite",
  thinking: {
    open: [...thinkTag.open, "Here is my thought process:", "Here's my thought process:"],
    close: [...thinkTag.close, "Here is my response:", "Here's my response:"],
  },
  calls: [
    { open: "<|tool_call|>", syntaxes: ["json"] },
    toolCallTag("json"),
    { open: "<function_call>", close: "</function_call>", syntaxes: ["json"] },
  ],
  markers: ["<response>", "</response>", "<|end_of_text|>"],
  textCalls: true,
};
