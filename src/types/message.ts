import type { ToolSpec } from "./tool.ts";

/** A call inside an assistant message, in the OpenAI wire form that templates and servers expect. */
export interface MessageToolCall {
  readonly id: string;
  readonly type: "function";
  readonly function: { readonly name: string; readonly arguments: string };
}

/** A message as a template or a chat endpoint sees it (OpenAI wire form). No field is ever null: llama-server answers some nulls with a 500. */
export type Message =
  | { readonly role: "system"; readonly content: string }
  | { readonly role: "user"; readonly content: string }
  | {
      readonly role: "assistant";
      readonly content: string;
      readonly reasoning_content?: string;
      readonly tool_calls?: readonly MessageToolCall[];
    }
  | { readonly role: "tool"; readonly content: string; readonly tool_call_id: string; readonly name: string };

/** Everything that goes into a template. */
export interface Prompt {
  readonly messages: readonly Message[];
  readonly tools: readonly ToolSpec[];
  /** Variables handed to the template, e.g. `enable_thinking`. */
  readonly kwargs: Readonly<Record<string, unknown>>;
}
