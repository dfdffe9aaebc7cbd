import { adapt, patchSource } from "../../../templates/index.ts";
import { HalterError, type Message, type ToolSpec } from "../../../types/index.ts";
import type { Conversation, Subject } from "../rule.ts";

/** What the server changes in these messages before it renders; nothing where it refuses them. */
export function rewritesOf(
  { source, caps }: Subject,
  { messages, tools = [], kwargs = {} }: Conversation,
): ReturnType<typeof adapt>["steps"] {
  const specs = tools.map((tool) => (tool as unknown as { readonly function: ToolSpec }).function);
  try {
    const prompt = { messages: messages as unknown as readonly Message[], tools: specs, kwargs };
    return adapt(prompt, { source: patchSource(source).source, caps }).steps;
  } catch (error) {
    if (error instanceof HalterError) return [];
    throw error;
  }
}
