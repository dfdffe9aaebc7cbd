import type { ParserSpec } from "../../types/index.ts";
import { thinkTag } from "./markers.ts";

/** LFM2 and LFM2.5: a list of Python calls, or of JSON objects where the prompt asks for them. */
export const lfm2: ParserSpec = {
  id: "lfm2-pythonic",
  thinking: thinkTag,
  calls: [{ open: "<|tool_call_start|>", close: "<|tool_call_end|>", syntaxes: ["python", "json"] }],
  markers: ["<|im_end|>"],
  textCalls: true,
};
