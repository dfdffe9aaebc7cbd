import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { threadFolder } from "../../src/journal/folder.ts";
import { createJournal, openJournal, recoverItems } from "../../src/journal/index.ts";
import type { JournalRecord } from "../../src/types/index.ts";
import { draws } from "../support/draws.ts";
import { callItem, headerOf, oneTurn, userItem } from "../support/journal.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), "halter-journal-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function writeThread(id: string, records: readonly JournalRecord[]): Promise<string> {
  const journal = await createJournal(dir, headerOf(id));
  for (const record of records) await journal.append(record);
  await journal.close();
  return journal.file;
}

describe("a journal", () => {
  it("gives back what was written, header first", async () => {
    await writeThread("t-1", oneTurn());
    const { journal, header, records, repaired } = await openJournal(dir, "t-1");
    await journal.close();
    expect(header).toEqual(headerOf("t-1"));
    expect(records).toEqual([{ type: "thread", ...headerOf("t-1") }, ...oneTurn()]);
    expect(repaired).toEqual([]);
  });

  it("keeps the order of appends that nobody waits for", async () => {
    const journal = await createJournal(dir, headerOf("t-1"));
    const texts = Array.from({ length: 50 }, (_, index) => "x".repeat((index * 37) % 90) + index);
    await Promise.all(texts.map((text, index) => journal.append({ type: "item", item: userItem(`u${index}`, text) })));
    await journal.close();
    const opened = await openJournal(dir, "t-1");
    await opened.journal.close();
    expect(recoverItems(opened.records).map((item) => item.type === "user_message" && item.text)).toEqual(texts);
  });

  it("cut at any byte opens with every whole record and every call answered", async () => {
    const file = await writeThread("t-1", oneTurn());
    const whole = await readFile(file);
    const headerEnd = whole.indexOf(10) + 1;
    const all = (await openAt(whole, whole.length)).records;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: headerEnd, max: whole.length }), async (cut) => {
        const { records, repaired, after } = await openAt(whole, cut);
        const lines = whole.subarray(0, cut).filter((byte) => byte === 10).length;
        expect(records).toEqual(all.slice(0, lines));
        expect(repaired.length).toBe(whole[cut - 1] === 10 ? 0 : 1);
        for (const item of recoverItems(records)) {
          expect(item.status).not.toBe("in_progress");
          if (item.type === "tool_call") expect(item.result).toBeDefined();
        }
        expect(after).toEqual([...records, { type: "item", item: userItem("u2", "next") }]);
      }),
      draws(60),
    );

    async function openAt(bytes: Buffer, cut: number) {
      await writeFile(file, bytes.subarray(0, cut));
      const { journal, records, repaired } = await openJournal(dir, "t-1");
      await journal.append({ type: "item", item: userItem("u2", "next") });
      await journal.close();
      const again = await openJournal(dir, "t-1");
      await again.journal.close();
      return { records, repaired, after: again.records };
    }
  });

  it("cut inside its header is a thread that never began", async () => {
    const file = await writeThread("t-1", []);
    await writeFile(file, (await readFile(file)).subarray(0, 20));
    await expect(openJournal(dir, "t-1")).rejects.toMatchObject({ code: "thread_not_found" });
  });

  it("drops a last line of zeros, as a power failure leaves it", async () => {
    const file = await writeThread("t-1", oneTurn());
    await appendFile(file, Buffer.concat([Buffer.alloc(40), Buffer.from("\n")]));
    const { journal, records, repaired } = await openJournal(dir, "t-1");
    await journal.close();
    expect(records.length).toBe(oneTurn().length + 1);
    expect(repaired).toHaveLength(1);
  });

  it("names file and line of damage in the middle, and leaves the thread unlocked", async () => {
    const file = await writeThread("t-1", oneTurn());
    const lines = (await readFile(file, "utf8")).split("\n");
    lines[3] = lines[3]!.slice(0, 9);
    await writeFile(file, lines.join("\n"));
    const damage = { code: "journal_damaged", data: { file, line: 4 } };
    await expect(openJournal(dir, "t-1")).rejects.toMatchObject(damage);
    await expect(openJournal(dir, "t-1")).rejects.toMatchObject(damage);
  });

  it("says so when it was written in another version", async () => {
    const file = await writeThread("t-1", []);
    await writeFile(file, (await readFile(file, "utf8")).replace('"version":1', '"version":2'));
    await expect(openJournal(dir, "t-1")).rejects.toMatchObject({ code: "journal_damaged" });
  });

  it("cannot be made where a file is in the way", async () => {
    const inTheWay = path.join(dir, "file");
    await writeFile(inTheWay, "");
    await expect(createJournal(inTheWay, headerOf("t-1"))).rejects.toMatchObject({ code: "journal_unwritable" });
  });
});

describe("the name of a thread", () => {
  it("may be the beginning of an id when only one begins so", async () => {
    await writeThread("abc-1", []);
    await writeThread("abd-2", []);
    const { journal, header } = await openJournal(dir, "abc");
    await journal.close();
    expect(header.threadId).toBe("abc-1");
    await expect(openJournal(dir, "ab")).rejects.toMatchObject({ message: expect.stringContaining("abc-1, abd-2") });
  });

  it("is refused when it fits none, with the command that lists them", async () => {
    await mkdir(path.join(dir, "outside"));
    for (const id of ["nope", "", "../outside", "a/b"]) {
      await expect(openJournal(dir, id)).rejects.toMatchObject({
        code: "thread_not_found",
        hint: expect.stringContaining("halter threads"),
      });
    }
    expect(() => threadFolder(dir, "../outside")).toThrow();
  });
});

describe("recovered items", () => {
  it("the last record of an id wins, in the place of the first", () => {
    const items = recoverItems(oneTurn());
    expect(items.map((item) => item.id)).toEqual(["u1", "t1", "t2", "a1"]);
    expect(items[1]).toMatchObject({ status: "completed", result: { text: "line one\nline two" } });
  });

  it("a call that was never answered is failed and answered", () => {
    expect(recoverItems([{ type: "item", item: callItem("t1") }])).toMatchObject([
      { id: "t1", status: "failed", result: { isError: true, text: expect.stringContaining("interrupted") } },
    ]);
  });
});
