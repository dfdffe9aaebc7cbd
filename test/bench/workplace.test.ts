import { chmod, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { temporaryFolder } from "../../bench/support/workplace.ts";
import { copyWritable } from "../../src/surfaces/cli/demo/copy.ts";

let folder = "";
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("copies a suite that nobody may write to into one that an agent may", async () => {
  const file = path.join(folder, "suite", "src", "a.js");
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, "1;\n");
  await chmod(file, 0o444);
  const target = path.join(folder, "work");
  await copyWritable(path.join(folder, "suite"), target);
  const { mode } = await stat(path.join(target, "src", "a.js"));
  expect(mode & 0o200).toBe(0o200);
  expect(await readFile(path.join(target, "src", "a.js"), "utf8")).toBe("1;\n");
});
