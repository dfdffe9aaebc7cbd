import { execFile } from "node:child_process";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Time a check or a preparation may take, milliseconds. */
const COMMAND_MS = 120_000;

/** What a command of ours said. */
export interface CommandOutcome {
  readonly ok: boolean;
  readonly output: string;
}

/** Our environment with this Node first in PATH, so that tests and checks run on it. */
export function programEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH ?? ""}` };
}

/** Runs a program without a shell, this Node first in its PATH. Never throws for a program that fails. */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: { readonly cwd?: string } = {},
): Promise<CommandOutcome> {
  try {
    const { stdout, stderr } = await run(file, args, {
      ...options,
      timeout: COMMAND_MS,
      env: programEnvironment(),
    });
    return { ok: true, output: stdout + stderr };
  } catch (error) {
    const { stdout = "", stderr = String(error) } = error as { stdout?: string; stderr?: string };
    return { ok: false, output: stdout + stderr };
  }
}

/** A new folder of its own below the system's folder for temporary files, links resolved. */
export async function temporaryFolder(): Promise<string> {
  return realpath(await mkdtemp(path.join(os.tmpdir(), "halter-bench-")));
}

/** Removes a folder of `temporaryFolder` with all that is in it. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Makes `directory` a git repository with everything in it committed, so that a diff shows what an agent did. */
export async function snapshot(directory: string): Promise<void> {
  const identity = ["-c", "user.name=bench", "-c", "user.email=bench@localhost", "-c", "core.autocrlf=false"];
  for (const args of [
    ["init", "-q"],
    ["add", "-A"],
    ["commit", "-qm", "Start"],
  ]) {
    const { ok, output } = await runProgram("git", [...identity, ...args], { cwd: directory });
    if (!ok) throw new Error(`git ${args[0]} failed: ${output}`);
  }
}
