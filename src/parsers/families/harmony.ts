import type { ParserSpec } from "../../types/index.ts";

/** gpt-oss: messages on channels, calls to `functions.NAME`. */
export const harmony: ParserSpec = {
  id: "harmony",
  calls: [],
  channels: {
    open: ["<|start|>", "<|channel|>"],
    body: "<|message|>",
    end: ["<|end|>", "<|call|>", "<|return|>"],
    channel: "<|channel|>",
    reasoning: ["analysis"],
    recipient: "to=",
    prefix: "functions.",
    ownRecipients: ["assistant", "user", "system"],
  },
  markers: [],
  textCalls: true,
};
