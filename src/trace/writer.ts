import { type FileHandle, mkdir, open } from "node:fs/promises";
import path from "node:path";
import type { TraceRecord } from "../types/index.ts";

/** Milliseconds until what was written is on its way to the disk. */
const FLUSH_MS = 1000;

/** Characters after which a flush does not wait for the clock. */
const FLUSH_CHARACTERS = 256 * 1024;

/** Takes the records of a trace; a trace is an aid and never stops a run. */
export interface TraceWriter {
  /** Adds a record; returns at once, never throws. */
  write(record: TraceRecord): void;
  /** Resolves when everything is written or writing has failed. */
  close(): Promise<void>;
}

export interface TraceWriterOptions {
  /** Called at most once, with the reason why the trace ends here. */
  readonly onError?: (error: Error) => void;
}

/** Writes a trace to `file` as JSON lines, in order and in blocks; the file and its folder are made with the first block. */
export function createTraceWriter(file: string, options: TraceWriterOptions = {}): TraceWriter {
  let waiting: string[] = [];
  let characters = 0;
  let timer: NodeJS.Timeout | undefined;
  let handle: FileHandle | undefined;
  let failed = false;
  let last: Promise<void> = Promise.resolve();

  const writeBlock = async (block: string): Promise<void> => {
    if (failed) return;
    try {
      handle ??= await openForAppend(file);
      await handle.appendFile(block);
    } catch (error) {
      failed = true;
      options.onError?.(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const block = waiting.join("");
    waiting = [];
    characters = 0;
    if (block !== "") last = last.then(() => writeBlock(block));
    return last;
  };

  return {
    write(record) {
      if (failed) return;
      const line = `${JSON.stringify(record)}\n`;
      waiting.push(line);
      characters += line.length;
      if (characters >= FLUSH_CHARACTERS) void flush();
      else timer ??= setTimeout(() => void flush(), FLUSH_MS).unref();
    },
    async close() {
      await flush();
      await handle?.close().catch(() => undefined);
      handle = undefined;
    },
  };
}

async function openForAppend(file: string): Promise<FileHandle> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  return open(file, "a", 0o600);
}
