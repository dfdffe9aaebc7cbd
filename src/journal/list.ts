import { type FileHandle, open } from "node:fs/promises";
import type { JournalRecord, ThreadSummary } from "../types/index.ts";
import { threadFolder, threadIds } from "./folder.ts";
import { parseRecord } from "./lines.ts";

/** Bytes read at each end of a journal; a header with a system prompt and tools is some 10 kB. */
const WINDOW = 64 * 1024;

/** All threads in the folder `dir`, the last written first. Journals that cannot be read are left out. */
export async function listThreads(dir: string): Promise<ThreadSummary[]> {
  const ids = await threadIds(dir);
  const summaries = await Promise.all(ids.map((id) => summarize(threadFolder(dir, id).journalFile)));
  return summaries.filter((summary) => summary !== undefined).sort((a, b) => b.updatedAt - a.updatedAt);
}

async function summarize(file: string): Promise<ThreadSummary | undefined> {
  const handle = await open(file, "r").catch(() => undefined);
  if (!handle) return undefined;
  try {
    const { size, mtimeMs } = await handle.stat();
    if (size > 2 * WINDOW) {
      const head = await readRecords(handle, 0, WINDOW);
      const tail = await readRecords(handle, size - WINDOW, size);
      if (head[0]?.type === "thread" && tail.some(isTurn)) return summaryOf([...head, ...tail], mtimeMs);
    }
    return summaryOf(await readRecords(handle, 0, size), mtimeMs);
  } catch {
    return undefined;
  } finally {
    await handle.close();
  }
}

/** The records in a part of a journal; lines cut at its edges are none and fall out. */
async function readRecords(handle: FileHandle, start: number, end: number): Promise<JournalRecord[]> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(end - start), 0, end - start, start);
  const lines = buffer.toString("utf8", 0, bytesRead).split("\n");
  return lines.map(parseRecord).filter((record) => record !== undefined);
}

function summaryOf(records: readonly JournalRecord[], updatedAt: number): ThreadSummary | undefined {
  const header = records[0];
  const last = records.findLast(isTurn);
  if (header?.type !== "thread") return undefined;
  return {
    threadId: header.threadId,
    createdAt: header.createdAt,
    updatedAt: Math.round(updatedAt),
    workspace: header.workspace,
    model: header.model,
    isReplay: header.baseUrl === undefined && header.startedModel === undefined,
    firstText: firstText(records),
    turns: last?.turn ?? 0,
    lastReason: last?.type === "turn_completed" ? last.reason : undefined,
  };
}

function isTurn(record: JournalRecord): record is Extract<JournalRecord, { turn: number }> {
  return record.type === "turn_started" || record.type === "turn_completed";
}

function firstText(records: readonly JournalRecord[]): string | undefined {
  for (const record of records) {
    if (record.type !== "item") continue;
    const { item } = record;
    if (item.type === "user_message" && item.origin === "user") return item.text;
  }
  return undefined;
}
