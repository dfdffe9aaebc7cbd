import { execFile } from "node:child_process";
import type { Environment } from "./environment.ts";

/** Milliseconds that a sandbox may take to run nothing. */
const LIMIT = 10_000;

/** How a trial went: `missing` where the program is not there, else the text of its failure. */
export type Trial =
  | { readonly type: "works" }
  | { readonly type: "missing" }
  | { readonly type: "failed"; readonly text: string };

/**
 * Tries whether `program` with these arguments runs a command. Node's own function, since every thread begins with a trial
 * and the library that runs commands takes longer to load than the trial itself. Never throws.
 */
export function tryProgram(program: string, args: readonly string[], env: Environment): Promise<Trial> {
  return new Promise((resolve) => {
    const options = { env: env as NodeJS.ProcessEnv, timeout: LIMIT, killSignal: "SIGKILL" } as const;
    const child = execFile(program, [...args, "true"], options, (error, stdout, stderr) => {
      if (error === null) resolve({ type: "works" });
      else if (error.code === "ENOENT") resolve({ type: "missing" });
      else resolve({ type: "failed", text: (stdout + stderr).trim().split("\n").at(-1) || "its trial run failed" });
    });
    child.stdin?.end();
  });
}
