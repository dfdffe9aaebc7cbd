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
    const ends = await readEnds(handle, size);
    return summaryOf(ends, mtimeMs) ?? summaryOf(await readRange(handle, 0, size), mtimeMs);
  } catch {
    return undefined;
  } finally {
    await handle.close();
  }
}

async function readEnds(handle: FileHandle, size: number): Promise<string> {
  if (size <= 2 * WINDOW) return readRange(handle, 0, size);
  return `${await readRange(handle, 0, WINDOW)}\n${await readRange(handle, size - WINDOW, size)}`;
}

async function readRange(handle: FileHandle, start: number, end: number): Promise<string> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(end - start), 0, end - start, start);
  return buffer.toString("utf8", 0, bytesRead);
}

/** Lines cut at the edge of a window are no records and fall out; undefined where the window misses what is asked for. */
function summaryOf(text: string, updatedAt: number): ThreadSummary | undefined {
  const records = text
    .split("\n")
    .map(parseRecord)
    .filter((record) => record !== undefined);
  const header = records[0];
  const last = records.findLast(isTurn);
  if (header?.type !== "thread" || (!last && text.length >= 2 * WINDOW)) return undefined;
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
