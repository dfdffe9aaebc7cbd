import { literalsOf } from "../parsers/index.ts";
import type { Message } from "../types/index.ts";
import type { ThreadSetup } from "./options.ts";
import { looksAdded } from "./prompt-ids/index.ts";

/** The form that nearly all vocabularies give their control tokens. */
const CONTROL = /<[|｜][^<>\s]{1,60}[|｜]>/;

/**
 * A text in what others wrote that the model's tokenizer may take for a control token: of that form, or one of `literals` that has the
 * look of one. Undefined where there is none. What the model itself said does not count.
 */
function findSpecialText(messages: readonly Message[], literals: readonly string[]): string | undefined {
  const markers = literals.filter(looksAdded);
  for (const { role, content } of messages) {
    if (role === "assistant") continue;
    const found = CONTROL.exec(content)?.[0] ?? markers.find((marker) => content.includes(marker));
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Watches the messages of a thread whose prompts a server makes into tokens: the first input with such a text gets a warning, and no
 * other after it.
 */
export function specialTextWatch({ backend, family }: Pick<ThreadSetup, "backend" | "family">) {
  const { bosToken, eosToken } = backend.info;
  const literals = [...literalsOf(family), ...[bosToken, eosToken].flatMap((token) => token ?? [])];
  let isWarned = false;
  return (messages: readonly Message[]): { readonly warning?: string } => {
    const found = isWarned ? undefined : findSpecialText(messages, literals);
    if (found === undefined) return {};
    isWarned = true;
    return {
      warning:
        `a message holds ${found}, which the server may read as a control token of the model: ` +
        "text around it can pass for words of another role",
    };
  };
}
