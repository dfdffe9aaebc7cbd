import { spawn } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/** What a process cost. */
export interface Cost {
  /** From its start to its end, milliseconds. */
  readonly wallMs: number;
  /** User and system time, milliseconds. */
  readonly cpuMs: number;
  /** Most memory it held, MB of a million bytes. */
  readonly peakMb: number;
  /** Milliseconds of `performance.now()` just before it was started. */
  readonly startedAt: number;
  /** What it wrote on stderr. */
  readonly stderr: string;
}

const REPORT = `process.on("exit", () =>
  require("node:fs").writeFileSync(process.env.BENCH_COST_FILE, JSON.stringify(process.resourceUsage())));`;

/** Runs a script on this Node and reads its cost from itself at its end; `place` is a folder for the files this needs. */
export async function measureNode(
  args: readonly string[],
  place: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Cost> {
  const hook = path.join(place, "report-cost.cjs");
  const file = path.join(place, "cost.json");
  await writeFile(hook, REPORT);
  await rm(file, { force: true });
  const startedAt = performance.now();
  const stderr = await finished(process.execPath, ["--require", hook, ...args], {
    ...environment,
    BENCH_COST_FILE: file,
  });
  const wallMs = performance.now() - startedAt;
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) throw new Error(`${args.join(" ")} did not end by itself:\n${stderr}`);
  const usage = JSON.parse(text) as NodeJS.ResourceUsage;
  const cpuMs = (usage.userCPUTime + usage.systemCPUTime) / 1000;
  return { wallMs, cpuMs, peakMb: (usage.maxRSS * 1024) / 1e6, startedAt, stderr };
}

/** User and system time of a program, milliseconds, as the shell's `time` tells it. Throws where it fails. */
export async function measureCpu(
  file: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const script = 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1';
  const output = await finished("bash", ["-c", script, "time", file, ...args], { ...environment, LC_ALL: "C" });
  const times = /^([\d.]+) ([\d.]+)\s*$/m.exec(output);
  if (!times) throw new Error(`no times from bash for ${file}: ${output}`);
  return (Number(times[1]) + Number(times[2])) * 1000;
}

/** Waits for a process, two minutes at most; gives what it wrote on stderr. */
function finished(file: string, args: readonly string[], environment: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(file, args, { env: environment, stdio: ["ignore", "ignore", "pipe"], timeout: 120_000 });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(stderr));
  });
}
