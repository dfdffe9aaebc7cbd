import type { Item, ItemOf, ModelProfile } from "../types/index.ts";

/** Facts a model is sent back with before its answer counts as the end; each kind is told once a turn. */
export type Fact = "unchanged" | "command_failed";

/** Words of an answer that tells the user what to do, or promises to do it, in place of doing it. */
const ADVICE =
  /\b(you (can|should|need to|could|must|have to)|let'?s|I(?: will|'ll)|we (need|should|can)|next step|should be (changed|updated|replaced)|here'?s (the|how))\b/i;

/**
 * Looks at the end of a turn: an answer of a small model (`fileBlocks`) that gives advice or shows code while no file has been changed,
 * or one of any model that comes right after a command that failed, is not yet an end. Returns the facts to send back.
 */
export function factsAgainst(
  answer: string,
  turnItems: readonly Item[],
  { fileBlocks }: Pick<ModelProfile, "fileBlocks">,
): Fact[] {
  const calls = turnItems.filter((item): item is ItemOf<"tool_call"> => item.type === "tool_call");
  const facts: Fact[] = [];
  const changed = calls.some((item) => (item.result?.changes?.length ?? 0) > 0);
  if (fileBlocks && !changed && (answer.includes("```") || ADVICE.test(answer))) facts.push("unchanged");
  const lastCommand = calls.findLast((item) => item.call.name === "shell" && item.result?.exitCode !== undefined);
  if (lastCommand && lastCommand.result?.exitCode !== 0) facts.push("command_failed");
  return facts;
}

const TEXTS: Readonly<Record<Fact, string>> = {
  unchanged:
    "No file has been changed yet. If the task asks for a change, make it now with edit or write. If it does not, give your answer again.",
  command_failed:
    "The last command failed. Find the cause in its output, mend it, and run it again. If that is right so, give your answer again.",
};

/** The words for facts. */
export function tellFacts(facts: readonly Fact[]): string {
  return facts.map((fact) => TEXTS[fact]).join(" ");
}
