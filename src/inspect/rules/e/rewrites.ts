import { adapt, patchSource } from "../../../templates/index.ts";
import { HalterError } from "../../../types/index.ts";
import { promptOf } from "../prompt.ts";
import type { Conversation, Subject } from "../rule.ts";

/** What the server changes in these messages before it renders; nothing where it refuses them. */
export function rewritesOf({ source, caps }: Subject, conversation: Conversation): ReturnType<typeof adapt>["steps"] {
  try {
    return adapt(promptOf(conversation), { source: patchSource(source).source, caps }).steps;
  } catch (error) {
    if (error instanceof HalterError) return [];
    throw error;
  }
}
