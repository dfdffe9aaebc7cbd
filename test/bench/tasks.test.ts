import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Loopback, startLoopback } from "../../bench/support/loopback.ts";
import { runProgram } from "../../bench/support/workplace.ts";

const bench = path.join(import.meta.dirname, "..", "..", "bench", "tasks.ts");
const CALL = '```json\n{"name": "write", "arguments": {"path": "answer.txt", "content": "forty-two\\n"}}\n```';

let dir: string;
let server: Loopback;
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), "halter-bench-"));
});
afterEach(async () => {
  await server.close();
  await rm(dir, { recursive: true, force: true });
});

/** A task whose check wants `wanted` in `answer.txt`, and the file that `--prepare` makes. */
async function writeTask(id: string, wanted: string): Promise<void> {
  const folder = path.join(dir, "suite", id);
  await mkdir(path.join(folder, "repo"), { recursive: true });
  await mkdir(path.join(folder, "check"));
  await writeFile(path.join(folder, "task.yaml"), `id: ${id}\ntitle: T\nlimits: { turns: 4, minutes: 1 }\n`);
  await writeFile(path.join(folder, "instruction.md"), `Write ${wanted} into answer.txt.\n`);
  await writeFile(path.join(folder, "repo", "readme.txt"), "here\n");
  await writeFile(
    path.join(folder, "check", "check.sh"),
    'if [ "$1" = --prepare ]; then echo made > "$2/prepared.txt"; exit; fi\n' +
      `cd "$1" && test -f prepared.txt && grep -qx ${wanted} answer.txt\n`,
  );
}

describe("bench:tasks", () => {
  it("runs every task of a folder against a server, checks the copy and counts", async () => {
    await writeTask("b-right", "forty-two");
    await writeTask("a-wrong", "forty-three");
    let asked = 0;
    server = await startLoopback({
      answer: () => (asked++ % 2 === 0 ? CALL : "Done: it is written.").match(/\S+\s*|\s+/g) ?? [],
      everyMs: 0,
    });
    const json = path.join(dir, "rows.json");
    const args = [bench, path.join(dir, "suite"), "--base-url", server.baseUrl, "--json", json];
    const { ok, output } = await runProgram(process.execPath, args);
    expect(output).toMatch(/\n1 of 2 solved\n/);
    expect(ok).toBe(true);
    const groups = JSON.parse(await readFile(json, "utf8")) as { attempts: unknown[] }[];
    const common = { steps: 2, newTokens: 2000, cachedTokens: 0, end: "done" };
    expect(groups[0]!.attempts).toMatchObject([
      { id: "a-wrong", solved: false, ...common },
      { id: "b-right", solved: true, ...common },
    ]);
  });

  it("says what is wrong with a folder that holds no task", async () => {
    server = await startLoopback({ answer: () => [], everyMs: 0 });
    const { ok, output } = await runProgram(process.execPath, [bench, dir]);
    expect(ok).toBe(false);
    expect(output).toContain("a task is a folder with a task.yaml");
  });
});
