import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { threadFolder } from "../../src/journal/folder.ts";
import { createJournal, openJournal, recoverItems } from "../../src/journal/index.ts";
import { headerOf } from "../support/journal.ts";

const child = path.join(import.meta.dirname, "..", "support", "journal-child.ts");

let dir: string;
let running: ChildProcess[] = [];
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), "halter-journal-"));
});
afterEach(async () => {
  for (const started of running) started.kill("SIGKILL");
  running = [];
  await rm(dir, { recursive: true, force: true });
});

function start(...args: string[]): ChildProcess {
  const started = spawn(process.execPath, [child, dir, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  running.push(started);
  return started;
}

describe("one writer per thread", () => {
  it("a second one is refused while the first lives, in this process and in another", async () => {
    const journal = await createJournal(dir, headerOf("t-1"));
    await expect(openJournal(dir, "t-1")).rejects.toMatchObject({ code: "locked", data: { pid: process.pid } });
    const other = start("open", "t-1");
    const [said] = (await once(other.stdout!, "data")) as [Buffer];
    expect(said.toString()).toBe("locked\n");
    await journal.close();
    const { journal: next } = await openJournal(dir, "t-1");
    await next.close();
  });

  it("a lock of this process id from a former life is taken over", async () => {
    await (await createJournal(dir, headerOf("t-1"))).close();
    for (const owner of [String(process.pid), "4194999", ""]) {
      await writeFile(threadFolder(dir, "t-1").lockFile, owner);
      const { journal } = await openJournal(dir, "t-1");
      await journal.close();
    }
  });

  it("of several that find a dead lock one gets the thread", async () => {
    await (await createJournal(dir, headerOf("t-1"))).close();
    await writeFile(threadFolder(dir, "t-1").lockFile, "4194999");
    const said = await Promise.all(
      [1, 2, 3].map(async () => String((await once(start("open", "t-1").stdout!, "data"))[0])),
    );
    expect(said.sort()).toEqual(["locked\n", "locked\n", "open\n"]);
  });
});

describe("kill -9 in mid-write", () => {
  it("loses nothing that was acknowledged and leaves a thread that opens at once", async () => {
    for (const wait of [40, 90]) {
      const threadId = `t-${wait}`;
      const writer = start("loop", threadId);
      let acknowledged = "";
      writer.stdout!.on("data", (chunk: Buffer) => {
        acknowledged += chunk.toString();
      });
      await once(writer.stdout!, "data");
      await sleep(wait);
      writer.kill("SIGKILL");
      await once(writer, "close");

      const { journal, records } = await openJournal(dir, threadId);
      const items = recoverItems(records);
      await journal.append({ type: "turn_started", turn: 2, at: 0 });
      await journal.close();
      const count = acknowledged.split("\n").filter((line) => line !== "").length;
      expect(count).toBeGreaterThan(0);
      expect(items.length).toBeGreaterThanOrEqual(count);
      expect(items.every((item) => item.status !== "in_progress")).toBe(true);
      expect((await readFile(journal.file, "utf8")).endsWith('"turn":2,"at":0}\n')).toBe(true);
    }
  });
});
