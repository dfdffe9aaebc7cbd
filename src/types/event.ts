import type { Usage, Wire } from "./backend.ts";
import type { Item } from "./item.ts";

/** Why a turn ended. `done` alone is success. */
export type StopReason =
  | "done"
  | "empty_answer"
  | "max_steps"
  | "max_time"
  | "repeated_call"
  | "length"
  | "interrupted"
  | "failed";

/** What surfaces receive. `item.completed` carries the item as it stays, completed or failed. */
export type ThreadEvent =
  | { readonly type: "thread.started"; readonly threadId: string; readonly workspace: string; readonly model: string }
  | { readonly type: "wire.chosen"; readonly wire: Wire; readonly reason: string }
  /** Nothing failed, but the user should know. */
  | { readonly type: "thread.warning"; readonly text: string }
  | { readonly type: "turn.started"; readonly turn: number }
  | { readonly type: "step.started"; readonly step: number; readonly promptTokens?: number }
  | {
      readonly type: "step.progress";
      readonly step: number;
      readonly processed: number;
      readonly total: number;
      readonly cached: number;
    }
  | {
      readonly type: "step.waiting";
      readonly step: number;
      readonly reason: "loading" | "queued";
      readonly detail: string;
    }
  | { readonly type: "step.completed"; readonly step: number; readonly usage: Usage }
  | { readonly type: "item.started"; readonly item: Item }
  /** `kind` `candidate`: text that may still become a call; a surface shows it dimmed. */
  | {
      readonly type: "item.delta";
      readonly itemId: string;
      readonly kind: "text" | "candidate" | "output";
      readonly text: string;
    }
  | { readonly type: "item.completed"; readonly item: Item }
  | {
      readonly type: "turn.completed";
      readonly turn: number;
      readonly reason: StopReason;
      readonly detail?: string;
      readonly usage: Usage;
    };

/** What goes into a running thread. */
export type Submission =
  | { readonly type: "user_input"; readonly text: string }
  | { readonly type: "steer"; readonly text: string }
  | { readonly type: "interrupt" };
