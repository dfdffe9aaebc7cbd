import { mkdir, readFile } from "node:fs/promises";
import { HalterError, type JournalRecord, type ThreadHeader } from "../types/index.ts";
import { findThread, notFound, threadFolder } from "./folder.ts";
import { type JournalLines, readLines } from "./lines.ts";
import { takeLock } from "./lock.ts";
import { type Journal, openWriter, writeError } from "./writer.ts";

/** A thread read back from its journal. */
export interface OpenedJournal {
  readonly journal: Journal;
  readonly header: ThreadHeader;
  /** All records, the header's too, in the order they were written. */
  readonly records: JournalRecord[];
  /** What had to be mended, a sentence each; empty as a rule. */
  readonly repaired: string[];
}

/**
 * Begins the journal of a new thread in `dir`, the folder of all threads, its header already on the disk.
 * Throws `disk_full` or `journal_unwritable`.
 */
export async function createJournal(dir: string, header: ThreadHeader): Promise<Journal> {
  const { folder, journalFile, lockFile } = threadFolder(dir, header.threadId);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const journal = await openWriter(journalFile, 0, await takeLock(lockFile));
    await journal.append({ type: "thread", ...header });
    return journal;
  } catch (error) {
    throw error instanceof HalterError ? error : writeError(error, journalFile);
  }
}

/**
 * Opens the journal of a thread to go on with it; `threadId` may be the beginning of an id. A line that was cut off in
 * mid-write is removed. Throws `thread_not_found`, `locked`, `journal_damaged` or `journal_unwritable`.
 */
export async function openJournal(dir: string, threadId: string): Promise<OpenedJournal> {
  const thread = await findThread(dir, threadId);
  const release = await takeLock(thread.lockFile).catch((error: unknown) => {
    throw error instanceof HalterError ? error : writeError(error, thread.lockFile);
  });
  try {
    const bytes = await readFile(thread.journalFile).catch(() => Buffer.alloc(0));
    const lines = readLines(bytes, thread.journalFile);
    const header = headerOf(lines, thread.threadId);
    const torn = bytes.length - lines.goodBytes;
    const repaired = torn > 0 ? [`removed a last record that was cut off in mid-write (${torn} bytes)`] : [];
    const journal = await openWriter(thread.journalFile, lines.goodBytes, release);
    return { journal, header, records: lines.records, repaired };
  } catch (error) {
    await release();
    throw error;
  }
}

/**
 * What is fixed for a thread, without opening it; `threadId` may be the beginning of an id. Throws `thread_not_found` or
 * `journal_damaged`.
 */
export async function readHeader(dir: string, threadId: string): Promise<ThreadHeader> {
  const thread = await findThread(dir, threadId);
  const bytes = await readFile(thread.journalFile).catch(() => Buffer.alloc(0));
  return headerOf(readLines(bytes, thread.journalFile), thread.threadId);
}

/** Every record of a thread, without opening it; throws as `readHeader` does. */
export async function readRecords(dir: string, threadId: string): Promise<JournalRecord[]> {
  const thread = await findThread(dir, threadId);
  const bytes = await readFile(thread.journalFile).catch(() => Buffer.alloc(0));
  return readLines(bytes, thread.journalFile).records;
}

function headerOf(lines: JournalLines, threadId: string): ThreadHeader {
  const first = lines.records[0];
  if (!first) throw notFound(`thread ${threadId} was stopped before it began`);
  if (first.type === "thread" && first.version === 1) {
    const { type: _, ...header } = first;
    return header;
  }
  throw new HalterError(
    "journal_damaged",
    `the journal of thread ${threadId} does not begin with a header of version 1`,
    {
      hint: "Start a new thread, or open this one with the halter that wrote it.",
      data: { line: 1 },
    },
  );
}
