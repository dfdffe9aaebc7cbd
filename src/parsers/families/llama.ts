import type { ParserSpec } from "../../types/index.ts";
import { thinkTag } from "./markers.ts";

const object = { type: "json", nameKey: "name", argumentsKey: "parameters" } as const;

const list: ParserSpec["calls"][number] = { open: "[", close: "]", weak: true, syntaxes: ["python", "json"] };

/** Llama 3.x: a bare object, or one behind `<|python_tag|>`; `;` between calls. */
export const llama3: ParserSpec = {
  id: "llama3",
  calls: [
    { open: "<|python_tag|>", separators: [";"], syntaxes: [object] },
    { open: "", separators: [";"], syntaxes: [object, "function-xml"] },
  ],
  opener: '{"name": "{name}", "parameters": ',
  markers: ["<|eom_id|>", "<|eot_id|>"],
  textCalls: true,
};

/** Llama 3.2, Llama 4 and others that write a list of calls as Python does. */
export const pythonic: ParserSpec = {
  id: "pythonic",
  thinking: thinkTag,
  calls: [
    { open: "<|python_start|>", close: "<|python_end|>", syntaxes: ["python", object] },
    { open: "<|tool_call_start|>", close: "<|tool_call_end|>", syntaxes: ["python", "json"] },
    list,
  ],
  markers: ["<|python_start|>", "<|python_end|>", "<|eom|>", "<|eot|>", "<|eom_id|>", "<|eot_id|>"],
  textCalls: true,
};
