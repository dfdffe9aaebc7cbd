import type { Item, Message, StopReason, ThreadEvent } from "../types/index.ts";
import type { Fact } from "./end-check.ts";
import type { LoopGuard } from "./loop-guard.ts";
import type { ThreadSetup } from "./options.ts";
import type { ProgressWatch } from "./progress.ts";
import type { ItemRecord } from "./record.ts";
import type { ChosenWire } from "./wire-input.ts";

/** What every part of a running turn works with. */
export interface TurnContext {
  readonly setup: ThreadSetup;
  readonly record: ItemRecord;
  readonly emit: (event: ThreadEvent) => void;
  readonly text: string;
  readonly interrupt: AbortSignal;
  readonly takeSteers: () => string[];
  readonly wire: (messages: readonly Message[], signal: AbortSignal) => Promise<ChosenWire>;
}

/** What a running turn keeps count of. */
export interface TurnState {
  usage: { inputTokens: number; cachedTokens: number; outputTokens: number };
  /** Tokens of the window; an overflow tells the true figure. */
  windowTokens: number | undefined;
  nudged: boolean;
  /** An answer that the end of the window cut was taken as an overflow; the next such one stands as cut. */
  madeRoom: boolean;
  constrained: boolean;
  /** The last answer was the one before it again: the next request is a warmer one. */
  vary: boolean;
  /** How often the model has been asked to show the corrected file. */
  filesAsked: number;
  /** Facts the model has been sent back with. */
  readonly told: Set<Fact>;
  readonly guard: LoopGuard;
  readonly progress: ProgressWatch;
}

/** How a turn ends; `detail` is for people. */
export interface Outcome {
  readonly reason: StopReason;
  readonly detail?: string;
}

/** The items since the user spoke last. */
export function turnItems({ record }: TurnContext): readonly Item[] {
  return record.items.slice(
    record.items.findLastIndex((item) => item.type === "user_message" && item.origin === "user"),
  );
}
