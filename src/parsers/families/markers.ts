import type { ParserSpec, SyntaxSpec } from "../../types/index.ts";

/** `<tool_call>` as several families have it: each has its own notation inside, and their models mix them up. */
export const toolCallTag = (...syntaxes: readonly SyntaxSpec[]): ParserSpec["calls"][number] => ({
  open: "<tool_call>",
  close: "</tool_call>",
  syntaxes: [...syntaxes],
});

/** `<think>`; Nemotron closes it as `</thinking>` now and then. */
export const thinkTag: NonNullable<ParserSpec["thinking"]> = {
  open: ["<think>", "<thinking>"],
  close: ["</think>", "</thinking>"],
};
