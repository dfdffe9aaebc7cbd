import type { Malformed, Repair } from "../types/index.ts";
import { REPAIRS, type RepairRung } from "../types/repair.ts";

/** How far halter had to go for a call, in the order in which it is tried; `error` is what the model is told. */
export type Rung = RepairRung | "error";

const RUNGS: ReadonlyMap<string, RepairRung> = new Map(
  (Object.keys(REPAIRS) as RepairRung[]).flatMap((rung) => REPAIRS[rung].map((name) => [name, rung] as const)),
);

/**
 * The rungs that a call went through, each with the names of what was done there; empty for a call that was right at once.
 * A name that a journal has from another version counts as `repair`.
 */
export function rungsOf(call: {
  readonly repairs: readonly Repair[];
  readonly malformed?: Malformed;
}): Partial<Record<Rung, readonly string[]>> {
  const names = Map.groupBy(
    call.repairs.map(({ name }) => name),
    (name) => RUNGS.get(name) ?? "repair",
  );
  const rungs: Partial<Record<Rung, readonly string[]>> = Object.fromEntries(names);
  if (call.malformed) return { ...rungs, error: [call.malformed.type] };
  return rungs;
}
