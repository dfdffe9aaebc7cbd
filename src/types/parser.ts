import type { Repair } from "./repair.ts";
import type { Span } from "./span.ts";
import type { CallNotation, Malformed, ToolCall, ToolSpec } from "./tool.ts";

/**
 * What a parser says of the model's text, in order. Spans are UTF-16 offsets into everything pushed so far and cover it
 * exactly, without gap or overlap (a `candidate`'s span is covered again by what it closes as).
 * What was emitted is never taken back; text that may become a call streams as `candidate` until it closes.
 */
export type ParseEvent =
  | { readonly type: "text"; readonly text: string; readonly span: Span }
  | { readonly type: "reasoning"; readonly text: string; readonly span: Span }
  /** Markup that belongs to no content, with its surrounding whitespace. */
  | { readonly type: "marker"; readonly text: string; readonly span: Span }
  | { readonly type: "candidate"; readonly text: string; readonly span: Span }
  /** The candidate turned out to be text, or reasoning; `reason` says by which rule. */
  | {
      readonly type: "candidate_closed";
      readonly as: "text" | "reasoning";
      readonly text: string;
      readonly reason: string;
      readonly span: Span;
    }
  /** The candidate (if any was open) is a call. */
  | {
      readonly type: "tool_call";
      readonly call: ToolCall;
      readonly notation: CallNotation;
      readonly repairs: readonly Repair[];
      readonly malformed?: Malformed;
      readonly inReasoning: boolean;
      /** The rule that let it count as a call; shown in the trace. */
      readonly reason: string;
      readonly span: Span;
    };

export interface ParserContext {
  readonly tools: readonly ToolSpec[];
  /** True where the prompt has already opened the thinking block. */
  readonly thinkingOpen: boolean;
  /** The text after the last message in the prompt (e.g. `<|im_start|>assistant\n`), where known. */
  readonly generationPrompt?: string;
  /** The id of the next call; `written`: the one that the model wrote, where its format has them. */
  readonly newId: (written?: string) => string;
}

/** A parser of one answer. It never throws and never drops text. */
export interface Parser {
  push(text: string): ParseEvent[];
  /** The answer is over; `cut` when it ended by `length` or a broken connection, so that open calls are flagged `cut`. */
  end(options?: { readonly cut?: boolean }): ParseEvent[];
}
