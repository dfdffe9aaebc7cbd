import type { ParserSpec } from "../../types/index.ts";
import { thinkTag, toolCallTag } from "./markers.ts";

/** Qwen3-Coder, Qwen3.5 and later, Nemotron 3, Step 3.5: `<function=..>` in `<tool_call>`, which they may leave out. */
export const qwen3CoderXml: ParserSpec = {
  id: "qwen3-coder-xml",
  thinking: thinkTag,
  calls: [toolCallTag("function-xml", "json", "arg-key"), { open: "", syntaxes: ["function-xml"] }],
  markers: [],
  textCalls: true,
};
