import { conversations } from "./conversations.ts";
import { textOf } from "./differences.ts";
import type { Subject } from "./rule.ts";

/**
 * Whether the prompt has the arguments of a call in the history. Rules on calls ask this, not the caps: those want the result shown too,
 * which is what some rules are about.
 */
export function showsCalls(subject: Subject): boolean {
  return textOf(subject.render(conversations.called)).includes("PARISZQ");
}
