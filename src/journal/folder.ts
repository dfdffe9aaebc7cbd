import { readdir } from "node:fs/promises";
import path from "node:path";
import { HalterError } from "../types/index.ts";

const THREAD_ID = /^[\w-]+$/;

/** Where a thread's files lie. */
export interface ThreadFolder {
  readonly threadId: string;
  /** Absolute folder of the thread. */
  readonly folder: string;
  readonly journalFile: string;
  readonly lockFile: string;
}

/** The files of a thread below `dir`, the folder of all threads; a thread id that is no plain name throws `thread_not_found`. */
export function threadFolder(dir: string, threadId: string): ThreadFolder {
  if (!THREAD_ID.test(threadId)) throw notFound(`"${threadId}" is not the id of a thread`);
  const folder = path.join(dir, threadId);
  return {
    threadId,
    folder,
    journalFile: path.join(folder, "journal.jsonl"),
    lockFile: path.join(folder, "lock"),
  };
}

/** The ids of the threads in `dir`, unsorted; empty where there are none yet. */
export async function threadIds(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory() && THREAD_ID.test(entry.name)).map((entry) => entry.name);
}

/** The thread whose id is `idOrPrefix`, or the only one that begins so. Throws `thread_not_found` for none or several. */
export async function findThread(dir: string, idOrPrefix: string): Promise<ThreadFolder> {
  const ids = await threadIds(dir);
  if (ids.includes(idOrPrefix)) return threadFolder(dir, idOrPrefix);
  const fitting = ids.filter((id) => idOrPrefix !== "" && id.startsWith(idOrPrefix));
  if (fitting.length === 1) return threadFolder(dir, fitting[0]!);
  if (fitting.length === 0) throw notFound(`there is no thread ${idOrPrefix}`);
  throw notFound(`${fitting.length} threads begin with ${idOrPrefix}: ${fitting.sort().join(", ")}`);
}

/** The error for a thread that cannot be named so; its hint leads to the list of threads. */
export function notFound(message: string): HalterError {
  return new HalterError("thread_not_found", message, { hint: "`halter threads` lists the threads there are." });
}
