import type { Usage, Wire } from "./backend.ts";
import type { StopReason } from "./event.ts";
import type { Item } from "./item.ts";
import type { ToolSpec } from "./tool.ts";

/** What is fixed for the life of a thread, so that a resumed thread sends the same bytes as before. */
export interface ThreadHeader {
  /** Form of the journal; a reader refuses what it does not know. */
  readonly version: 1;
  /** Letters, digits, `-` and `_`. */
  readonly threadId: string;
  /** Absolute, links resolved. */
  readonly workspace: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly model: string;
  /** The server that was given or found; absent where halter started one or none was asked. */
  readonly baseUrl?: string;
  /** What halter was asked to start a server for: a name of the catalogue or the absolute path of a GGUF file. */
  readonly startedModel?: string;
  /** What was asked of the model's thinking; a number is a budget in tokens. */
  readonly thinking?: "on" | "off" | number;
  /** The whole system message, environment facts included. */
  readonly system: string;
  readonly tools: readonly ToolSpec[];
  /** Template variables, e.g. `enable_thinking`. */
  readonly kwargs?: Readonly<Record<string, unknown>>;
  /** Set where the wire was known when the thread began; else a `wire` record follows. */
  readonly wire?: Wire;
}

/** A model's answer as it came, with the ids of its tokens: as such a server's cache holds it. */
export interface GeneratedAnswer {
  readonly text: string;
  /** The text's pieces in order: UTF-16 length, then the ids; no ids where the server did not tell them. */
  readonly pieces: readonly (readonly [length: number, ...ids: number[]])[];
}

/**
 * One line of a journal. The first is the `thread` record. A later `item` of the same id replaces the earlier one:
 * a tool call is written when it starts and again when it has its result. `at` is milliseconds since 1970.
 */
export type JournalRecord =
  | ({ readonly type: "thread" } & ThreadHeader)
  | { readonly type: "wire"; readonly wire: Wire; readonly reason: string }
  | { readonly type: "turn_started"; readonly turn: number; readonly at: number }
  | { readonly type: "step"; readonly step: number; readonly usage: Usage; readonly answer?: GeneratedAnswer }
  | { readonly type: "item"; readonly item: Item }
  | {
      readonly type: "turn_completed";
      readonly turn: number;
      readonly reason: StopReason;
      readonly detail?: string;
      readonly usage: Usage;
      readonly at: number;
    };

/** A thread as a list shows it. */
export interface ThreadSummary {
  readonly threadId: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Milliseconds since 1970, of the last record. */
  readonly updatedAt: number;
  readonly workspace: string;
  readonly model: string;
  /** The model's words were a recording's: there is no server to go on with. */
  readonly isReplay: boolean;
  /** What the user said first; undefined where nothing was said yet. */
  readonly firstText: string | undefined;
  readonly turns: number;
  /** Undefined while a turn runs, or where it was killed. */
  readonly lastReason: StopReason | undefined;
}
