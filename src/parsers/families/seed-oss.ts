import type { ParserSpec } from "../../types/index.ts";

/** Seed-OSS: the notation of Qwen3-Coder in tags of its own. */
export const seedOss: ParserSpec = {
  id: "seed-xml",
  thinking: { open: ["<seed:think>"], close: ["</seed:think>"] },
  calls: [{ open: "<seed:tool_call>", close: "</seed:tool_call>", syntaxes: ["function-xml", "json"] }],
  markers: [],
  textCalls: true,
};
