import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Job } from "./attempt.ts";
import { runProgram } from "./workplace.ts";

const taskSchema = z.object({
  id: z.string(),
  limits: z.object({ turns: z.int().positive(), minutes: z.number().positive() }),
});

/** The tasks of a folder in the suites' format, by name. Throws where a `task.yaml` does not fit or there is none at all. */
export async function loadSuite(folder: string): Promise<Job[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const jobs = await Promise.all(names.sort().map((name) => loadTask(path.join(folder, name))));
  const found = jobs.filter((job) => job !== undefined);
  if (found.length === 0) throw new Error(`no task in ${folder}: a task is a folder with a task.yaml`);
  return found;
}

async function loadTask(folder: string): Promise<Job | undefined> {
  const text = await readFile(path.join(folder, "task.yaml"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const { id, limits } = taskSchema.parse(parse(text));
  const check = path.join(folder, "check", "check.sh");
  return {
    id,
    repo: path.join(folder, "repo"),
    instruction: (await readFile(path.join(folder, "instruction.md"), "utf8")).trim(),
    maxSteps: limits.turns,
    limitSeconds: limits.minutes * 60,
    prepare: async (directory) => {
      const { ok, output } = await runProgram("sh", [check, "--prepare", directory]);
      if (!ok) throw new Error(`${id}: check.sh --prepare failed: ${output}`);
    },
    check: async (directory) => (await runProgram("sh", [check, directory])).ok,
  };
}
