import type { ParserSpec } from "../../types/index.ts";

/** InternLM2. */
export const internlm: ParserSpec = {
  id: "internlm2-plugin",
  calls: [
    { open: "<|action_start|>", close: "<|action_end|>", syntaxes: [] },
    { open: "<|plugin|>", syntaxes: [{ type: "json", nameKey: "name", argumentsKey: "parameters" }] },
  ],
  markers: ["<|im_end|>"],
  textCalls: true,
};
