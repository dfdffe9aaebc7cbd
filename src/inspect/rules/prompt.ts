import type { Message, Prompt, ToolSpec } from "../../types/index.ts";
import type { Conversation } from "./rule.ts";

/** The conversation as the wire's types have it; its messages may be looser, which the rewrites and servers allow for. */
export function promptOf({ messages, tools = [], kwargs = {} }: Conversation): Prompt {
  const specs = tools.map((tool) => (tool as unknown as { readonly function: ToolSpec }).function);
  return { messages: messages as unknown as readonly Message[], tools: specs, kwargs };
}
