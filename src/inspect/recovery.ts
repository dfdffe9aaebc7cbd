import { type Rung, rungsOf, threadsDir } from "../agent/index.ts";
import { listThreads, readRecords } from "../journal/index.ts";
import { HalterError, type Item } from "../types/index.ts";
import { type Check, pass } from "./check.ts";

/** How many of the newest threads are looked at: each is read whole. */
const THREADS = 100;

/** The calls of one model, and how many of them needed which rung. */
interface Recovery {
  calls: number;
  readonly rungs: Map<Rung, number>;
}

/** What each rung is called in a sentence. */
const WORDS: Readonly<Record<Rung, string>> = {
  repair: "repaired",
  coerce: "fitted to the schema",
  name: "whose tool was guessed",
  constrained: "asked again under a grammar",
  error: "refused with an error",
};

/** Adds the calls of a thread to its model's counts. Pure but for the map. */
function countRecovery(counts: Map<string, Recovery>, model: string, items: readonly Item[]): void {
  for (const item of items) {
    if (item.type !== "tool_call" || item.notation === "check") continue;
    const recovery: Recovery = counts.get(model) ?? { calls: 0, rungs: new Map() };
    counts.set(model, recovery);
    recovery.calls++;
    for (const rung of Object.keys(rungsOf(item)) as Rung[])
      recovery.rungs.set(rung, (recovery.rungs.get(rung) ?? 0) + 1);
  }
}

/** One line for each model: its calls, and how many of them had to be recovered, by rung. Pure. */
function recoveryChecks(counts: ReadonlyMap<string, Recovery>): Check[] {
  return [...counts].map(([model, { calls, rungs }]) => {
    const words = (Object.keys(WORDS) as Rung[])
      .filter((rung) => rungs.has(rung))
      .map((rung) => `${rungs.get(rung)} ${WORDS[rung]}`);
    return pass(
      "inference",
      `${model}: ${calls} ${calls === 1 ? "call" : "calls"} so far, ${words.join(", ") || "all right as they came"}`,
    );
  });
}

/** Counts over the newest threads of a state folder. Threads that cannot be read are left out. */
export async function checkRecovery(stateDir: string): Promise<Check[]> {
  const dir = threadsDir(stateDir);
  const counts = new Map<string, Recovery>();
  for (const { threadId, model } of (await listThreads(dir)).slice(0, THREADS)) {
    const records = await readRecords(dir, threadId).catch((error: unknown) => {
      if (!(error instanceof HalterError)) throw error;
      return [];
    });
    const items = new Map(records.flatMap((record) => (record.type === "item" ? [[record.item.id, record.item]] : [])));
    countRecovery(counts, model, [...items.values()]);
  }
  return recoveryChecks(counts);
}
