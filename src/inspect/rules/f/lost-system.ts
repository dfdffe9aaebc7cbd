import type { Conversation, Finding, Subject } from "../rule.ts";

/** What became of the system message with `SECONDZQ`; silent for templates that take not even one user message. */
export function lostSystem(subject: Subject, conversation: Conversation, what: string): readonly Finding[] {
  const first = { name: "without it", messages: conversation.messages.filter((each) => !isSecond(each.content)) };
  if (subject.render(first).type === "refused") return [];
  const outcome = subject.render(conversation);
  const fixture = conversation.name;
  if (outcome.type === "refused") return [{ message: `${what} is refused: ${outcome.message}`, fixture }];
  return outcome.text.includes("SECONDZQ") ? [] : [{ message: `${what} does not reach the prompt`, fixture }];
}

const isSecond = (content: unknown) => typeof content === "string" && content.includes("SECONDZQ");
