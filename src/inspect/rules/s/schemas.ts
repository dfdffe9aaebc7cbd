import type { RenderValue } from "../../../templates/index.ts";
import { conversations } from "../conversations.ts";
import { textOf } from "../differences.ts";
import type { Conversation, Subject } from "../rule.ts";
import { user } from "../words.ts";

type Schema = Readonly<Record<string, RenderValue>>;

/** A user message with one tool of these parameters; `definitions` stand beside them, for references. */
export function offeringParameters(name: string, properties: Schema, definitions: Schema = {}): Conversation {
  const parameters = { type: "object", properties, required: Object.keys(properties), ...definitions };
  const described = { name: "find_zq", description: "FINDDESCZQ of the tool", parameters };
  return { name, messages: [user("ASKZQ please")], tools: [{ type: "function", function: described }] };
}

/** True where the template shows the parameters of a plain tool with their descriptions: then it may lose those of others. */
export function showsParameters(subject: Subject): boolean {
  return subject.caps.tools && textOf(subject.render(conversations.oneTool)).includes("PARAMDESCZQ");
}

/** Which of the words do not stand in the prompt; the template's words where it refuses. */
export function lostWords(
  subject: Subject,
  conversation: Conversation,
  words: readonly string[],
): { readonly lost: readonly string[]; readonly refusal?: string } {
  const outcome = subject.render(conversation);
  if (outcome.type === "refused") return { lost: words, refusal: outcome.message };
  return { lost: words.filter((word) => !outcome.text.includes(word)) };
}
