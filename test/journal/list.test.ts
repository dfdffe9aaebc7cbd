import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createJournal, listThreads } from "../../src/journal/index.ts";
import type { JournalRecord } from "../../src/types/index.ts";
import { callItem, headerOf, oneTurn } from "../support/journal.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), "halter-journal-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function writeThread(id: string, records: readonly JournalRecord[], seconds: number): Promise<void> {
  const journal = await createJournal(dir, headerOf(id));
  for (const record of records) await journal.append(record);
  await journal.close();
  await utimes(journal.file, seconds, seconds);
}

describe("the list of threads", () => {
  it("is empty before the first", async () => {
    expect(await listThreads(dir)).toEqual([]);
  });

  it("tells of each what a person looks for, the last written first", async () => {
    await writeThread("old", oneTurn(), 100);
    await writeThread("new", [...oneTurn(), { type: "turn_started", turn: 2, at: 5 }], 200);
    await writeThread("bare", [], 50);
    const common = {
      createdAt: 1_700_000_000_000,
      workspace: "/w",
      model: "m",
      isReplay: true,
      firstText: "mend the café 🙂",
    };
    expect(await listThreads(dir)).toEqual([
      { ...common, threadId: "new", updatedAt: 200_000, turns: 2, lastReason: undefined },
      { ...common, threadId: "old", updatedAt: 100_000, turns: 1, lastReason: "done" },
      { ...common, threadId: "bare", updatedAt: 50_000, turns: 0, lastReason: undefined, firstText: undefined },
    ]);
  });

  it("finds the same in a long journal, whether its end lies near or far", async () => {
    const long = callItem("big", "é".repeat(200_000));
    await writeThread("far", [...oneTurn(), { type: "item", item: long }], 200);
    const turn = (number: number): JournalRecord => ({ type: "turn_started", turn: number, at: 5 });
    await writeThread(
      "open",
      [...oneTurn(), turn(2), { type: "item", item: long }, turn(3), { type: "item", item: long }],
      300,
    );
    await writeThread("near", [...oneTurn().slice(0, -1), { type: "item", item: long }, oneTurn().at(-1)!], 100);
    expect(await listThreads(dir)).toMatchObject([
      { threadId: "open", turns: 3, lastReason: undefined },
      { threadId: "far", turns: 1, lastReason: "done", firstText: "mend the café 🙂" },
      { threadId: "near", turns: 1, lastReason: "done", firstText: "mend the café 🙂" },
    ]);
  });

  it("tells a recording's threads from those that had a server", async () => {
    const headers = [
      headerOf("recorded"),
      { ...headerOf("given"), baseUrl: "http://127.0.0.1:1" },
      { ...headerOf("started"), startedModel: "tiny" },
    ];
    for (const header of headers) await (await createJournal(dir, header)).close();
    const replays = (await listThreads(dir)).filter(({ isReplay }) => isReplay);
    expect(replays.map(({ threadId }) => threadId)).toEqual(["recorded"]);
  });

  it("leaves out what is no thread", async () => {
    await writeThread("good", oneTurn(), 100);
    await mkdir(path.join(dir, "empty"));
    await mkdir(path.join(dir, "torn"));
    await writeFile(path.join(dir, "torn", "journal.jsonl"), '{"type":"thr');
    expect((await listThreads(dir)).map((thread) => thread.threadId)).toEqual(["good"]);
  });
});
