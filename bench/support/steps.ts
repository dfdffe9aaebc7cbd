import path from "node:path";
import { openJournal } from "../../src/journal/index.ts";
import type { JournalRecord, Usage } from "../../src/types/index.ts";

/** A turn of a thread as its journal tells it. */
export interface TurnFacts {
  /** Token counts of each model call, in order. */
  readonly steps: readonly Usage[];
  /** Why it ended; undefined where it was cut off. */
  readonly reason: string | undefined;
}

/** The turns of a thread; empty where its journal cannot be opened. */
export async function turnsOf(stateDir: string, threadId: string | undefined): Promise<TurnFacts[]> {
  if (threadId === undefined) return [];
  try {
    const { journal, records } = await openJournal(path.join(stateDir, "threads"), threadId);
    await journal.close();
    return turnsIn(records);
  } catch {
    return [];
  }
}

/** Groups the records of a journal by turn. */
export function turnsIn(records: readonly JournalRecord[]): TurnFacts[] {
  const turns: { steps: Usage[]; reason: string | undefined }[] = [];
  for (const record of records) {
    if (record.type === "turn_started") turns.push({ steps: [], reason: undefined });
    const turn = turns.at(-1);
    if (!turn) continue;
    if (record.type === "step") turn.steps.push(record.usage);
    if (record.type === "turn_completed") turn.reason = record.reason;
  }
  return turns;
}
