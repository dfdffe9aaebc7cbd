import type { ParserSpec } from "../../types/index.ts";

/** Functionary v2 and v3: messages whose header names the recipient; `all` is the user. */
export const functionaryV3: ParserSpec = {
  id: "functionary-v3",
  calls: [],
  channels: {
    open: ["<|from|>", "<|recipient|>"],
    body: "<|content|>",
    end: ["<|stop|>"],
    channel: "<|channel|>",
    reasoning: [],
    recipient: "<|recipient|>",
    prefix: "",
    ownRecipients: ["all"],
  },
  markers: [],
  textCalls: true,
};

/** Functionary v3.2: the recipient behind `>>>`, its message on the next line. */
export const functionaryV32: ParserSpec = {
  id: "functionary-v3.2",
  calls: [],
  channels: {
    open: [">>>"],
    body: "\n",
    end: ["<|eot_id|>", "<|eom_id|>"],
    channel: "<|channel|>",
    reasoning: [],
    recipient: ">>>",
    prefix: "",
    ownRecipients: ["all"],
  },
  markers: [],
  textCalls: true,
};
