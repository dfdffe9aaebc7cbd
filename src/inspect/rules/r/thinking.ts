import { sharedLength } from "../differences.ts";
import type { Conversation, Subject } from "../rule.ts";

/** What stands around reasoning in prompts. */
export interface ThinkingTags {
  readonly open: string;
  readonly close: string;
}

const TAGS: readonly ThinkingTags[] = [
  { open: "<think>", close: "</think>" },
  { open: "[THINK]", close: "[/THINK]" },
  { open: "<thought>", close: "</thought>" },
  { open: "<thinking>", close: "</thinking>" },
  { open: "<seed:think>", close: "</seed:think>" },
  { open: "<mm:think>", close: "</mm:think>" },
  { open: "<|START_THINKING|>", close: "<|END_THINKING|>" },
  { open: "<|thought_start|>", close: "<|thought_end|>" },
  { open: "<|channel>thought", close: "<channel|>" },
  { open: "<|channel|>analysis", close: "<|end|>" },
];

/** The tags that stand in the template. */
export function tagsOf({ source }: Pick<Subject, "source">): readonly ThinkingTags[] {
  return TAGS.filter(({ open, close }) => source.includes(open) || (close !== "<|end|>" && source.includes(close)));
}

/** True for templates of models that think, as far as the template shows. */
export function thinks(subject: Subject): boolean {
  return subject.caps.thinking || tagsOf(subject).length > 0;
}

/** What the template puts at the end of a prompt for the answer to begin with; empty where it refuses. */
export function openingOf(subject: Subject, conversation: Conversation, raw = false): string {
  const prompt = subject.render(conversation, { raw });
  const bare = subject.render(conversation, { raw, generate: "absent" });
  if (prompt.type === "refused" || bare.type === "refused") return "";
  return prompt.text.slice(sharedLength(bare.text, prompt.text));
}
