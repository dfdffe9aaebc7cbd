import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** Root of the repository. */
export const ROOT = path.resolve(import.meta.dirname, "..", "..");

/** How a program ended and what it said. */
export interface Said {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Written to stdin, which is then closed; closed at once without it. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Program of halter; the sources by default. */
  readonly program?: string;
  readonly cwd?: string;
  /** A process group of its own, which a signal can be sent to as a terminal does. */
  readonly detached?: boolean;
  /** Sees the process once it runs. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** The longest a program may take, milliseconds. */
const LIMIT = 60_000;

/** A folder of its own for threads and cache, and halter run in it as a child process. */
export interface Halter {
  /** Holds the folders below. */
  readonly folder: string;
  readonly workspace: string;
  readonly env: NodeJS.ProcessEnv;
  run(args: readonly string[], options?: RunOptions): Promise<Said>;
  remove(): void;
}

/** Makes the folders; `remove` deletes them. */
export function createHalter(): Halter {
  const folder = mkdtempSync(path.join(os.tmpdir(), "halter-surface-"));
  const env: NodeJS.ProcessEnv = {
    HOME: folder,
    PATH: process.env.PATH,
    TERM: "xterm",
    NO_COLOR: "1",
    HALTER_STATE_DIR: path.join(folder, "state"),
    HALTER_CACHE_DIR: path.join(folder, "cache"),
  };
  const workspace = mkdtempSync(path.join(folder, "workspace-"));
  return {
    folder,
    workspace,
    env,
    run: (args, options = {}) =>
      runProgram(process.execPath, [options.program ?? path.join(ROOT, "src", "bin.ts"), ...args], {
        cwd: workspace,
        ...options,
        env: { ...env, ...options.env },
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs any program to its end; one that takes more than a minute is killed. */
export function runProgram(
  file: string,
  args: readonly string[],
  { input, env, cwd, detached = false, onStart }: RunOptions = {},
): Promise<Said> {
  const child = spawn(file, args, { env: env ?? process.env, cwd, detached, timeout: LIMIT, killSignal: "SIGKILL" });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdin.on("error", () => {}).end(input ?? "");
  onStart?.(child);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/** Lines of JSON as values; throws for a line that is none. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Waits until `holds`, half a minute at most. */
export async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 30_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error("what was waited for did not come");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Writes a llama-server that answers as `surfaces-engine-child.ts` does, and gives its path, for HALTER_LLAMA_SERVER. */
export function writeLlamaServer(folder: string): string {
  const file = path.join(folder, "llama-server");
  const script = path.join(import.meta.dirname, "surfaces-engine-child.ts");
  writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`, { mode: 0o755 });
  return file;
}
