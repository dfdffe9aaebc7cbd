import type { ErrorCode } from "./error.ts";
import type { Repair } from "./repair.ts";
import type { CallNotation, Malformed, ToolCall, ToolResult } from "./tool.ts";

export type ItemStatus = "in_progress" | "completed" | "failed";

interface ItemBase {
  readonly id: string;
  /** The step (model call) it came from, 1 for the first of the thread; 0 for what the user said. */
  readonly step: number;
  readonly status: ItemStatus;
}

/** A file that goes with what the user said; `path` relative to the workspace. */
export interface Attachment {
  readonly path: string;
  readonly text: string;
}

/** What a turn yields. A failed item stays in the journal and never enters a prompt. */
export type Item =
  | (ItemBase & {
      readonly type: "user_message";
      readonly text: string;
      readonly origin: "user" | "harness";
      readonly attachments?: readonly Attachment[];
      /** Names in the workspace when the thread began; with its first message only. */
      readonly environment?: string;
    })
  | (ItemBase & { readonly type: "agent_message"; readonly text: string })
  | (ItemBase & { readonly type: "reasoning"; readonly text: string })
  | (ItemBase & {
      readonly type: "tool_call";
      readonly call: ToolCall;
      readonly notation: CallNotation;
      /** The model's own words of the call, with the white space before; absent where a server parsed it. */
      readonly source?: string;
      readonly repairs: readonly Repair[];
      readonly malformed?: Malformed;
      readonly result?: ToolResult;
    })
  | (ItemBase & {
      readonly type: "context_compaction";
      readonly reason: string;
      /** Items whose tool output is replaced by `note` in every later prompt. */
      readonly pruned: readonly { readonly itemId: string; readonly note: string }[];
    })
  | (ItemBase & { readonly type: "error"; readonly code: ErrorCode; readonly message: string; readonly hint?: string });

export type ItemOf<T extends Item["type"]> = Extract<Item, { type: T }>;
