import type { ParserSpec } from "../../types/index.ts";

const list = { type: "json", nameKey: "tool_name", argumentsKey: "parameters" } as const;

/** Command R7B and A: a list between action tokens; Command R+ writes it after `Action:` in a code fence. */
export const commandR: ParserSpec = {
  id: "command-r",
  thinking: { open: ["<|START_THINKING|>"], close: ["<|END_THINKING|>"], anywhere: true },
  calls: [
    { open: "<|START_ACTION|>", close: "<|END_ACTION|>", syntaxes: [list] },
    { open: "Action:", weak: true, syntaxes: [list] },
  ],
  markers: [
    "<|START_TEXT|>",
    "<|END_TEXT|>",
    "<|START_RESPONSE|>",
    "<|END_RESPONSE|>",
    "<|CHATBOT_TOKEN|>",
    "<|START_OF_TURN_TOKEN|>",
    "<|END_OF_TURN_TOKEN|>",
  ],
  textCalls: true,
};
