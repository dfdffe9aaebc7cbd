import type { Item, ItemOf } from "../types/index.ts";

/** Outputs shorter than this are not worth replacing by a note (characters). */
const WORTH_PRUNING = 200;

export interface PruneInput {
  readonly items: readonly Item[];
  /** Tokens the server counted for the prompt that did not fit. */
  readonly promptTokens: number;
  /** Characters of that prompt. */
  readonly promptChars: number;
  /** Tokens the next prompt may have. */
  readonly targetTokens: number;
}

/**
 * Chooses the oldest tool outputs to be dropped to one line each until the prompt is expected to fit; the token count is
 * carried over by the characters the server itself just counted. Returns an empty list when nothing is left to drop.
 */
export function choosePruned(input: PruneInput): { itemId: string; note: string }[] {
  const perChar = input.promptTokens / Math.max(1, input.promptChars);
  const gone = new Set(
    input.items.flatMap((item) => (item.type === "context_compaction" ? item.pruned : [])).map((p) => p.itemId),
  );
  const candidates = input.items.filter(
    (item): item is ItemOf<"tool_call"> =>
      item.type === "tool_call" && !gone.has(item.id) && (item.result?.text.length ?? 0) > WORTH_PRUNING,
  );
  const pruned: { itemId: string; note: string }[] = [];
  let expected = input.promptTokens;
  for (const item of candidates) {
    if (expected <= input.targetTokens) break;
    const note = noteOf(item);
    expected -= ((item.result?.text.length ?? 0) - note.length) * perChar;
    pruned.push({ itemId: item.id, note });
  }
  return pruned;
}

function noteOf(item: ItemOf<"tool_call">): string {
  const lines = item.result?.text.split("\n").length ?? 0;
  const outcome = item.result?.isError ? "failed" : "succeeded";
  return `[output dropped to save space: ${item.call.name} ${outcome}, ${lines} lines; call it again if you need it]`;
}
