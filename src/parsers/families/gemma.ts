import type { ParserSpec } from "../../types/index.ts";

const python = { type: "python", prefix: "call:" } as const;

/** Gemma 4: unquoted keys, strings between `<|"|>`; its models also write Python, as those before it were taught to. */
export const gemma4: ParserSpec = {
  id: "gemma4-call",
  thinking: {
    open: ["<|channel>"],
    close: ["<channel|>", "<|channel>response\n", "<|channel>final\n"],
    anywhere: true,
    labels: ["thought\n"],
  },
  calls: [
    {
      open: "<|tool_call>",
      close: "<tool_call|>",
      syntaxes: [{ type: "bare-keys", prefix: "call:", quote: '<|"|>' }, python],
    },
    { open: "```tool_code", weak: true, syntaxes: ["python"] },
    { open: "tool_code =", close: "print(tool_code)", syntaxes: ["python"] },
  ],
  markers: ["<channel|>", "<turn|>", "<|tool_response>"],
  textCalls: true,
};

/** FunctionGemma: the same with a delimiter of its own. */
export const functiongemma: ParserSpec = {
  id: "functiongemma-call",
  calls: [
    {
      open: "<start_function_call>",
      close: "<end_function_call>",
      syntaxes: [{ type: "bare-keys", prefix: "call:", quote: "<escape>" }, python],
    },
  ],
  markers: ["<end_of_turn>"],
  textCalls: true,
};
