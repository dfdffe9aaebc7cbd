import type { ParserSpec } from "../../types/index.ts";

/** Apertus: a list of objects whose one key is the tool's name. */
export const apertus: ParserSpec = {
  id: "apertus-json",
  thinking: { open: ["<|inner_prefix|>"], close: ["<|inner_suffix|>"], anywhere: true },
  calls: [
    {
      open: "<|tools_prefix|>",
      close: "<|tools_suffix|>",
      syntaxes: [{ type: "json", nameKey: "", argumentsKey: "arguments" }],
    },
  ],
  markers: ["<|assistant_end|>"],
  textCalls: true,
};
