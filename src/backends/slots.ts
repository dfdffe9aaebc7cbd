import { asArray, asObject } from "./json.ts";
import type { Transport } from "./transport.ts";

/** The longest that a busy server may take to tell of its slots, milliseconds: it answers between two batches. */
const SLOTS_TIMEOUT = 10_000;

/** How many slots work and how many there are; undefined where the server does not tell or is too busy to. */
export interface SlotCount {
  readonly working: number;
  readonly total: number;
}

/** Asks `/slots`; `query` names the model on a router. Never throws. */
export async function countSlots(transport: Transport, query: string): Promise<SlotCount | undefined> {
  try {
    const answer = await transport.ask({ method: "GET", path: `/slots${query}`, timeoutMs: SLOTS_TIMEOUT });
    if (answer.status !== 200) return undefined;
    const slots = asArray(JSON.parse(answer.text)).map((slot) => asObject(slot));
    if (slots.length === 0) return undefined;
    return { working: slots.filter((slot) => slot?.is_processing === true).length, total: slots.length };
  } catch {
    return undefined;
  }
}
