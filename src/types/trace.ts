/**
 * One record of a trace: what crossed the wire, or a decision halter took about it. `at` is milliseconds since the trace began.
 * `call` numbers the model calls of a thread from 1, so that a replay can find the bytes of each; it is 0 for questions
 * beside them (template, tokenizer, health), whose records always stand together. A call that the server refused while it
 * was loading has several requests, of which the last counts.
 */
export type TraceRecord =
  | {
      readonly type: "request";
      readonly call: number;
      readonly at: number;
      readonly method: string;
      readonly path: string;
      /** JSON text exactly as sent; secrets never stand in it, they are headers. */
      readonly body: string;
    }
  | { readonly type: "response"; readonly call: number; readonly at: number; readonly status: number }
  | {
      readonly type: "bytes";
      readonly call: number;
      readonly at: number;
      /** The bytes as they came, base64 where they are no valid UTF-8 by themselves. */
      readonly data: string;
      readonly encoding: "utf8" | "base64";
    }
  | { readonly type: "end"; readonly call: number; readonly at: number; readonly error?: string }
  | {
      readonly type: "note";
      readonly at: number;
      /** Which decision: e.g. `wire`, `verdict`, `repair`, `retry`. */
      readonly topic: string;
      readonly data: Readonly<Record<string, unknown>>;
    };
