import { conversations } from "./conversations.ts";
import { firstDifference, withoutSpace } from "./differences.ts";
import type { Conversation, Difference, Outcome, Subject } from "./rule.ts";

/** How two templates treat one conversation: equal, but for white space, otherwise, or one of them refuses it. */
export type Likeness = "same" | "whitespace" | "text" | "refused";

export interface Compared {
  readonly conversation: Conversation;
  readonly likeness: Likeness;
  readonly difference?: Difference;
  /** Which one refuses, and its words. */
  readonly refusal?: { readonly by: "first" | "second"; readonly message: string };
}

/** How two templates differ as a whole; `tools`: only where tools are given. */
export type Drift = "same" | "whitespace" | "tools" | "text";

/** Renders conversations with both, every shared one where none are given. What both refuse counts as the same. */
export function compareTemplates(
  first: Pick<Subject, "render">,
  second: Pick<Subject, "render">,
  shown: readonly Conversation[] = Object.values(conversations),
): readonly Compared[] {
  return shown.map((conversation) => ({
    conversation,
    ...compareOutcomes(first.render(conversation), second.render(conversation)),
  }));
}

/** The gravest difference decides; differences that only conversations with tools show are `tools`. */
export function driftOf(compared: readonly Compared[]): Drift {
  const grave = compared.filter(({ likeness }) => likeness === "text" || likeness === "refused");
  if (grave.length === 0) return compared.some(({ likeness }) => likeness === "whitespace") ? "whitespace" : "same";
  return grave.every(({ conversation }) => conversation.tools) ? "tools" : "text";
}

function compareOutcomes(first: Outcome, second: Outcome): Omit<Compared, "conversation"> {
  if (first.type === "refused" && second.type === "refused") return { likeness: "same" };
  if (first.type === "refused") return { likeness: "refused", refusal: { by: "first", message: first.message } };
  if (second.type === "refused") return { likeness: "refused", refusal: { by: "second", message: second.message } };
  const difference = firstDifference(first.text, second.text);
  if (!difference) return { likeness: "same" };
  const isSpace = withoutSpace(first.text) === withoutSpace(second.text);
  return { likeness: isSpace ? "whitespace" : "text", difference };
}
