import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadSuite } from "../../bench/support/suite.ts";
import { runProgram, snapshot } from "../../bench/support/workplace.ts";

const fixtures = path.join(import.meta.dirname, "..", "..", "fixtures");
const smallTasks = path.join(fixtures, "suites", "small-tasks");

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), "halter-bench-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe("the demo's repository", () => {
  it("has one failing test, named in the task, and one character-sized bug", async () => {
    const demo = path.join(fixtures, "demo");
    await cp(path.join(demo, "repo"), dir, { recursive: true });
    const before = await runProgram(process.execPath, ["--test", "--test-reporter=tap"], { cwd: dir });
    expect(before.ok).toBe(false);
    const failing = [...before.output.matchAll(/^not ok \d+ - (.*)$/gm)].map((match) => match[1]!);
    expect(failing).toHaveLength(1);
    expect(await readFile(path.join(demo, "task.md"), "utf8")).toContain(failing[0]!);

    const file = path.join(dir, "src", "load.js");
    await writeFile(file, (await readFile(file, "utf8")).replace("< 40", "<= 40"));
    expect(await runProgram(process.execPath, ["--test"], { cwd: dir })).toMatchObject({ ok: true });
  });
});

describe("small-tasks", async () => {
  const jobs = await loadSuite(smallTasks);

  it("are all loaded, with their limits", async () => {
    expect(jobs.map((job) => job.id)).toEqual((await readdir(smallTasks)).sort());
    expect(jobs.every((job) => job.maxSteps === 12 && job.limitSeconds === 300)).toBe(true);
  });

  it.each(jobs)("$id fails as it is and passes with its reference patch", async (job) => {
    await cp(job.repo, dir, { recursive: true });
    await job.prepare?.(dir);
    await snapshot(dir);
    expect(await job.check(dir)).toBe(false);
    const patch = path.join(smallTasks, job.id, "solution.patch");
    expect(await runProgram("git", ["apply", "-p1", "--whitespace=nowarn", patch], { cwd: dir })).toMatchObject({
      ok: true,
    });
    expect(await job.check(dir)).toBe(true);
  });
});
