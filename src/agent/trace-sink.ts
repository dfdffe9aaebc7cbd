import { createTraceWriter } from "../trace/index.ts";
import type { TraceRecord } from "../types/index.ts";

/** A trace that exists before its thread does, so that discovery and the first requests are in it too. */
export interface TraceSink {
  write(record: TraceRecord): void;
  /** From now on records go to `file`, those kept so far first. */
  openFile(file: string): void;
  close(): Promise<void>;
}

/** Creates a trace sink that keeps records until it is given a file. */
export function createTraceSink(): TraceSink {
  const kept: TraceRecord[] = [];
  let writer: ReturnType<typeof createTraceWriter> | undefined;
  return {
    write: (record) => (writer ? writer.write(record) : void kept.push(record)),
    openFile(file) {
      writer = createTraceWriter(file);
      for (const record of kept.splice(0)) writer.write(record);
    },
    close: async () => writer?.close(),
  };
}
