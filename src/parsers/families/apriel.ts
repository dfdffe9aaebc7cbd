import type { ParserSpec } from "../../types/index.ts";

/** Apriel: reasoning in prose up to `[BEGIN FINAL RESPONSE]`, which the calls come after. */
export const apriel: ParserSpec = {
  id: "apriel-toolcalls-json",
  thinking: { open: ["Here are my reasoning steps:"], close: ["[BEGIN FINAL RESPONSE]"] },
  calls: [{ open: "<tool_calls>", close: "</tool_calls>", syntaxes: ["json"] }],
  markers: ["[END FINAL RESPONSE]", "<|end|>"],
  textCalls: true,
};
