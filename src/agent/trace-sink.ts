import { createTraceWriter } from "../trace/index.ts";
import type { TraceRecord } from "../types/index.ts";

/** A trace that exists before its thread does, so that discovery and the first requests are in it too. */
export interface TraceSink {
  write(record: TraceRecord): void;
  /** From now on records go to `file`, those kept so far first. */
  openFile(file: string): void;
  close(): Promise<void>;
}

/** Creates a trace sink that keeps records until it is given a file; times become milliseconds since its first record. */
export function createTraceSink(): TraceSink {
  const kept: TraceRecord[] = [];
  let writer: ReturnType<typeof createTraceWriter> | undefined;
  let began: number | undefined;
  return {
    write(record) {
      began ??= record.at;
      const rebased = { ...record, at: record.at - began };
      if (writer) writer.write(rebased);
      else kept.push(rebased);
    },
    openFile(file) {
      writer = createTraceWriter(file);
      for (const record of kept.splice(0)) writer.write(record);
    },
    close: async () => writer?.close(),
  };
}
