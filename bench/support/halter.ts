import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { type RunFacts, readEvents } from "./events.ts";
import { programEnvironment } from "./workplace.ts";

/** Root of the repository. */
export const root = path.resolve(import.meta.dirname, "..", "..");

/** Seconds a run may take beyond its own limit before it is killed. */
const GRACE_SECONDS = 60;

export interface HalterRun extends RunFacts {
  /** Undefined where the run had to be killed. */
  readonly exitCode: number | undefined;
  readonly seconds: number;
  readonly stderr: string;
}

export interface HalterOptions {
  /** Seconds the run may take; where it does not end by itself it is killed a minute later. */
  readonly limitSeconds: number;
  /** State folder of the run, so that a bench leaves nothing among the user's threads. */
  readonly stateDir: string;
  /** Copy what the run says to our own stderr. */
  readonly loud?: boolean;
}

/** The program to measure: the build where there is one and it is asked for, else the sources. */
export function halterProgram(preferBuild = false): { readonly file: string; readonly name: string } {
  const built = path.join(root, "dist", "bin.js");
  if (preferBuild && existsSync(built)) return { file: built, name: "dist/bin.js" };
  return { file: path.join(root, "src", "bin.ts"), name: "src/bin.ts" };
}

/** The environment of a run with a state folder of its own. */
export function halterEnvironment(stateDir: string): NodeJS.ProcessEnv {
  return { ...programEnvironment(), HALTER_STATE_DIR: stateDir };
}

/** Runs halter once with `--json` output and reads what it says. Never throws for a run that fails. */
export function runHalter(args: readonly string[], options: HalterOptions): Promise<HalterRun> {
  const began = performance.now();
  const child = spawn(process.execPath, [halterProgram().file, ...args], {
    env: halterEnvironment(options.stateDir),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    if (options.loud) process.stderr.write(text);
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), (options.limitSeconds + GRACE_SECONDS) * 1000);
  const stop = () => {
    child.kill("SIGTERM");
    process.exit(143);
  };
  process.once("SIGTERM", stop);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => {
      clearTimeout(timer);
      process.off("SIGTERM", stop);
      const seconds = (performance.now() - began) / 1000;
      resolve({ ...readEvents(stdout), exitCode: exitCode ?? undefined, seconds, stderr });
    });
  });
}
