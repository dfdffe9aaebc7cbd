import type { CommandResult, RunCommandOptions } from "../../types/index.ts";

/** How much of an output is kept, characters from its beginning and as many from its end. */
const KEPT_EACH_END = 500_000;
/** A command that prints more than this is stopped: 256 M characters. */
const MOST_OUTPUT = 256 * 1024 * 1024;
/** How long a background process may hold the output open after its shell has ended, ms. */
const DRAIN_MS = 500;
const KILL_AFTER_MS = 2000;

interface ProcessWorld {
  readonly workspace: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Program and arguments that go before bash; none without a sandbox. */
  readonly before: readonly string[];
}

/**
 * Runs `command` under bash, stdin closed, and kills what it leaves behind. Without a sandbox a process that makes
 * a session of its own (`setsid`) gets away; the sandbox ends those too.
 */
export async function runProcess(
  command: string,
  options: RunCommandOptions,
  world: ProcessWorld,
): Promise<CommandResult> {
  const { execa } = await import("execa");
  // The inner shell makes stdout and stderr one stream, which keeps their order.
  const [file, ...args] = [...world.before, "bash", "-c", 'exec bash -c "$0" 2>&1', command];
  const subprocess = execa(file!, args, {
    cwd: world.workspace,
    env: world.environment,
    extendEnv: false,
    stdin: "ignore",
    all: true,
    buffer: false,
    reject: false,
    timeout: options.timeoutMs,
    cancelSignal: options.signal,
    killDescendants: true,
    forceKillAfterDelay: KILL_AFTER_MS,
  });
  const kept = keepEnds();
  subprocess.all.setEncoding("utf8");
  subprocess.all.on("data", (text: string) => {
    options.onOutput?.(text);
    if (kept.add(text) > MOST_OUTPUT) subprocess.kill();
  });
  let drain: NodeJS.Timeout | undefined;
  subprocess.nodeChildProcess.once("exit", () => {
    drain = setTimeout(() => subprocess.kill("SIGKILL"), DRAIN_MS);
  });
  const result = await subprocess;
  clearTimeout(drain);
  if (subprocess.pid === undefined) {
    return { output: "", exitCode: undefined, timedOut: false, cancelled: false, refused: result.shortMessage ?? "" };
  }
  // Whatever the shell left running in its group is of no use to anybody.
  subprocess.kill("SIGKILL");
  return {
    output: kept.text(),
    exitCode: result.exitCode,
    timedOut: result.timedOut,
    cancelled: result.isCanceled,
  };
}

/** Takes up text of any length and keeps its two ends. */
function keepEnds(): { add(text: string): number; text(): string } {
  let head = "";
  let tail = "";
  let total = 0;
  return {
    add(text) {
      total += text.length;
      const room = KEPT_EACH_END - head.length;
      head += text.slice(0, room);
      tail += text.slice(room);
      if (tail.length > 2 * KEPT_EACH_END) tail = tail.slice(-KEPT_EACH_END);
      return total;
    },
    text() {
      const end = tail.slice(-KEPT_EACH_END);
      const left = total - head.length - end.length;
      return left > 0 ? `${head}\n[${left} characters were not kept]\n${end}` : head + end;
    },
  };
}
