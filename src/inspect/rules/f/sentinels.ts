import type { Conversation } from "../rule.ts";

/** The word by which a message's content is known in the prompt. */
interface Sentinel {
  readonly word: string;
  readonly role: string;
}

/** The sentinels of the messages' contents, in the order of the messages. */
export function sentinelsOf(conversation: Conversation): readonly Sentinel[] {
  return conversation.messages.flatMap(({ role, content }) => {
    const word = typeof content === "string" ? /\b[A-Z]+ZQ\b/.exec(content)?.[0] : undefined;
    return word === undefined ? [] : [{ word, role: String(role) }];
  });
}

/** Sentinels as a sentence names them: `ASKZQ (user), SUNNYZQ (tool)`. */
export function named(sentinels: readonly Sentinel[]): string {
  return sentinels.map(({ word, role }) => `${word} (${role})`).join(", ");
}
