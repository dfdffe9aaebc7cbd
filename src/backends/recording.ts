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
  const calls = new Map<number, Exchange>();
  const questions: Exchange[] = [];
  for (const record of records) {
    if (record.type === "note") continue;
    if (record.type === "request") {
      const { path, body, at } = record;
      const exchange: Exchange = { path, body, at, status: undefined, chunks: [], error: undefined };
      if (record.call === 0) questions.push(exchange);
      else calls.set(record.call, exchange);
      continue;
    }
    const exchange = record.call === 0 ? questions.at(-1) : calls.get(record.call);
    if (exchange === undefined) continue;
    if (record.type === "response") exchange.status = record.status;
    else if (record.type === "bytes") exchange.chunks.push(record);
    else exchange.error = record.error;
  }
  return { calls: [...calls.keys()].sort((a, b) => a - b).map((call) => calls.get(call)!), questions };
}
