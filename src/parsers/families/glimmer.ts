import type { ParserSpec } from "../../types/index.ts";
import { invokeTags } from "./in-tags.ts";

/** Muse Glimmer: messages with a recipient; only one to a tool holds calls. */
export const glimmer: ParserSpec = {
  id: "glimmer-atem",
  calls: [],
  channels: {
    open: ["<|start|>"],
    body: "<|message|>",
    end: ["<|eom|>", "<|eot|>"],
    channel: "to=",
    reasoning: ["self"],
    recipient: "to=",
    prefix: "",
    ownRecipients: ["self", "user", "assistant"],
    calls: [
      {
        open: "<atem:function_calls>",
        close: "</atem:function_calls>",
        syntaxes: [invokeTags("atem:", { untyped: "json" })],
      },
    ],
  },
  markers: [],
  textCalls: true,
};
