import { writeFile } from "node:fs/promises";
import path from "node:path";
import { type Attempt, attempt, type Job } from "./attempt.ts";
import { type Column, tableLines } from "./table.ts";
import { removeFolder, temporaryFolder } from "./workplace.ts";

/** Jobs that are counted together; `args` of a job are added to halter's command line. */
export interface JobGroup {
  readonly title: string;
  readonly jobs: readonly (Job & { readonly args: readonly string[] })[];
}

export interface AttemptGroup {
  readonly title: string;
  readonly attempts: readonly Attempt[];
}

/** Flags that every bench with a model has. */
export interface ModelFlags {
  readonly model: string;
  readonly "base-url"?: string | undefined;
  readonly loud: boolean;
}

const COLUMNS: readonly Column<Attempt>[] = [
  { title: "task", value: (row) => row.id },
  { title: "solved", value: (row) => (row.solved ? "yes" : "no") },
  { title: "steps", value: (row) => row.steps },
  { title: "new tokens", value: (row) => row.newTokens },
  { title: "cached tokens", value: (row) => row.cachedTokens },
  { title: "output tokens", value: (row) => row.outputTokens },
  { title: "seconds", value: (row) => Math.round(row.seconds) },
  { title: "ended", value: (row) => row.end },
];

/** Tries all jobs one after the other and says on stderr how it goes. */
export async function runJobs(groups: readonly JobGroup[], flags: ModelFlags): Promise<AttemptGroup[]> {
  const place = await temporaryFolder();
  const stateDir = path.join(place, "state");
  const server = flags["base-url"] === undefined ? [] : ["--base-url", flags["base-url"]];
  const done: AttemptGroup[] = [];
  try {
    for (const { title, jobs } of groups) {
      process.stderr.write(`${title}\n`);
      const attempts: Attempt[] = [];
      for (const job of jobs) {
        process.stderr.write(`${attempts.length + 1} of ${jobs.length}: ${job.id} … `);
        const args = ["--model", flags.model, ...server, ...job.args];
        const result = await attempt(job, { args, stateDir, loud: flags.loud });
        process.stderr.write(`${result.solved ? "solved" : "not solved"}${result.error ? `: ${result.error}` : ""}\n`);
        attempts.push(result);
      }
      done.push({ title, attempts });
    }
  } finally {
    await removeFolder(place);
  }
  return done;
}

/** Prints a table for each group, the last line of each being `N of M solved`; writes the rows to `file` where one is named. */
export async function printAttempts(groups: readonly AttemptGroup[], file: string | undefined): Promise<void> {
  if (file !== undefined) await writeFile(file, `${JSON.stringify(groups, null, 2)}\n`);
  for (const { title, attempts } of groups) {
    console.log(title);
    for (const line of tableLines(COLUMNS, attempts)) console.log(line);
    console.log(solvedLine(attempts));
  }
}

/** The line that sums up attempts: `N of M solved`. */
export function solvedLine(attempts: readonly Attempt[]): string {
  return `${attempts.filter((row) => row.solved).length} of ${attempts.length} solved`;
}
