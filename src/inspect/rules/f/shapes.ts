import { conversations } from "../conversations.ts";
import type { Conversation, Subject } from "../rule.ts";

const WITHOUT_CALLS = [
  conversations.plain,
  conversations.system,
  conversations.multiTurn,
  conversations.longTurns,
  conversations.toolsWithSystem,
];
const WITH_CALLS = [conversations.called, conversations.calledAndAnswered, conversations.calledTwice];

/** Ordinary conversations that a template of this kind must be able to show; calls only where it knows tools or calls. */
export function ordinaryShapes({ caps }: Subject): readonly Conversation[] {
  return caps.toolCalls || caps.tools ? [...WITHOUT_CALLS, ...WITH_CALLS] : WITHOUT_CALLS;
}
