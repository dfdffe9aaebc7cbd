import type { ParserSpec } from "../../types/index.ts";
import { thinkTag } from "./markers.ts";

/** Kimi K2 and K2.5: an id of the form `functions.NAME:0`, then the arguments. */
export const kimiK2: ParserSpec = {
  id: "kimi-k2",
  thinking: thinkTag,
  calls: [
    { open: "<|tool_calls_section_begin|>", close: "<|tool_calls_section_end|>", syntaxes: [] },
    { open: "<|tool_call_section_begin|>", close: "<|tool_call_section_end|>", syntaxes: [] },
    {
      open: "<|tool_call_begin|>",
      close: "<|tool_call_end|>",
      syntaxes: [
        {
          type: "named-json",
          prefixes: ["functions."],
          id: ":",
          wholeId: true,
          separators: ["<|tool_call_argument_begin|>"],
        },
      ],
    },
  ],
  markers: ["<|im_end|>"],
  textCalls: true,
};
