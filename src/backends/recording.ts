import type { TraceRecord } from "../types/trace.ts";

type Bytes = Extract<TraceRecord, { type: "bytes" }>;

/** One question of a trace with all that was answered. */
export interface Exchange {
  readonly path: string;
  readonly body: string;
  /** When it was sent. */
  readonly at: number;
  /** Undefined where no answer began. */
  status: number | undefined;
  readonly chunks: Bytes[];
  /** Why the answer broke off. */
  error: string | undefined;
}

/** The exchanges of a trace: model calls in order (of a call that was sent again after loading the last), and questions beside them. */
export function exchangesOf(records: readonly TraceRecord[]): { calls: Exchange[]; questions: Exchange[] } {
  const calls: Exchange[] = [];
  const questions: Exchange[] = [];
  // The exchange that the next records of a call number belong to; a number may begin again in a trace of several runs.
  const current = new Map<number, Exchange>();
  for (const record of records) {
    if (record.type === "note") continue;
    if (record.type === "request") {
      const { call, path, body, at } = record;
      const exchange: Exchange = { path, body, at, status: undefined, chunks: [], error: undefined };
      const refused = current.get(call);
      current.set(call, exchange);
      if (call === 0) questions.push(exchange);
      else if (refused !== undefined && refused === calls.at(-1) && refused.status === 503)
        calls.splice(-1, 1, exchange);
      else calls.push(exchange);
      continue;
    }
    const exchange = current.get(record.call);
    if (exchange === undefined) continue;
    if (record.type === "response") exchange.status = record.status;
    else if (record.type === "bytes") exchange.chunks.push(record);
    else exchange.error = record.error;
  }
  return { calls, questions };
}
