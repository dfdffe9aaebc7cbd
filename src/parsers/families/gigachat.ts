import type { ParserSpec } from "../../types/index.ts";

/** GigaChat: an object behind a token, or in a message of the role `function call`. */
export const gigachat: ParserSpec = {
  id: "gigachat-json",
  calls: [
    { open: "<|function_call|>", syntaxes: ["json"] },
    { open: "<|message_sep|>\n\nfunction call<|role_sep|>", syntaxes: ["json"] },
    { open: "function call<|role_sep|>", syntaxes: ["json"] },
  ],
  markers: ["<|message_sep|>", "</s>"],
  textCalls: true,
};
