import type { ParserSpec } from "../../types/index.ts";
import { thinkTag, toolCallTag } from "./markers.ts";

/** Qwen2.5, Qwen2.5-Coder, Qwen3, Hermes and others with JSON in `<tool_call>`. */
export const hermesJson: ParserSpec = {
  id: "hermes-json",
  thinking: thinkTag,
  calls: [
    toolCallTag("json", "function-xml", "arg-key"),
    { open: "[Calling tool:", close: "]", weak: true, syntaxes: ["python"] },
  ],
  opener: '<tool_call>\n{"name": "{name}", "arguments": ',
  markers: [],
  textCalls: true,
};
