import path from "node:path";
import { copyWritable } from "../../src/surfaces/cli/demo/copy.ts";
import { type HalterRun, runHalter } from "./halter.ts";
import { turnsOf } from "./steps.ts";
import { removeFolder, snapshot, temporaryFolder } from "./workplace.ts";

/** A piece of work for an agent, and how to tell that it is done. */
export interface Job {
  readonly id: string;
  /** Folder with the initial files; the agent works in a copy. */
  readonly repo: string;
  /** The words the agent gets. */
  readonly instruction: string;
  readonly maxSteps: number;
  readonly limitSeconds: number;
  /** Called once on the copy before the agent starts. */
  readonly prepare?: (directory: string) => Promise<void>;
  /** Whether the files in the copy are as they should be. */
  readonly check: (directory: string) => Promise<boolean>;
}

/** What came of one attempt at a job. */
export interface Attempt {
  readonly id: string;
  readonly solved: boolean;
  /** Model calls; undefined where the run left no journal. */
  readonly steps: number | undefined;
  readonly newTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
  readonly seconds: number;
  /** Why the run ended, in a word. */
  readonly end: string;
  /** What went wrong outside the task, where something did. */
  readonly error: string | undefined;
}

export interface AttemptOptions {
  /** Added to halter's command line. */
  readonly args: readonly string[];
  /** One folder for all attempts of a bench, so that they share a server that halter starts. */
  readonly stateDir: string;
  /** Show what halter says while it works. */
  readonly loud: boolean;
}

/** Lets halter try a job once, in a fresh copy. */
export async function attempt(job: Job, { args, stateDir, loud }: AttemptOptions): Promise<Attempt> {
  const place = await temporaryFolder();
  try {
    const directory = path.join(place, "work");
    await copyWritable(job.repo, directory);
    await job.prepare?.(directory);
    await snapshot(directory);
    const bounds = ["--max-steps", String(job.maxSteps), "--time", String(job.limitSeconds)];
    const run = await runHalter(["run", "--json", "-C", directory, ...bounds, ...args, job.instruction], {
      limitSeconds: job.limitSeconds,
      stateDir,
      loud,
    });
    const turns = await turnsOf(stateDir, run.threadId);
    const end = turns.at(-1)?.reason ?? endOf(run);
    const steps = turns.length > 0 ? turns.reduce((total, turn) => total + turn.steps.length, 0) : undefined;
    return { id: job.id, solved: await job.check(directory), steps, end, ...figures(run) };
  } finally {
    await removeFolder(place);
  }
}

function figures(run: HalterRun) {
  const { inputTokens, cachedTokens, outputTokens } = run.usage;
  return {
    newTokens: inputTokens - cachedTokens,
    cachedTokens,
    outputTokens,
    seconds: run.seconds,
    error: run.error ?? (run.threadId === undefined ? run.stderr.trim().split("\n").slice(-2).join(" ") : undefined),
  };
}

function endOf(run: HalterRun): string {
  return run.exitCode === undefined ? "killed" : `exit ${run.exitCode}`;
}
