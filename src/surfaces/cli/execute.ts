import { fstatSync } from "node:fs";
import type { StartedThread } from "../../agent/index.ts";
import type { StopReason, ThreadEvent, Usage } from "../../types/index.ts";
import { exitCodeOf, toJsonEvents } from "../headless.ts";
import { onInterrupt } from "./on-interrupt.ts";
import { plain } from "./plain.ts";
import { createProgress } from "./progress.ts";
import type { Settings } from "./settings.ts";
import { STDERR } from "./status-on-stderr.ts";

export interface ExecuteOptions {
  readonly json: boolean;
  readonly settings: Settings;
  /** Sees every event too. */
  readonly onEvent?: (event: ThreadEvent) => void;
}

/** How a turn ended. */
export interface Executed {
  readonly threadId: string;
  readonly reason: StopReason;
  readonly answer: string;
  readonly usage: Usage;
  readonly status: number;
}

/**
 * Runs one turn in front of a person or a script: the answer (or the events) on stdout, progress on stderr. Ctrl-C interrupts the turn,
 * a second one ends the process.
 */
export async function executeTurn(started: StartedThread, task: string, options: ExecuteOptions): Promise<Executed> {
  const { thread } = started;
  const progress = createProgress({ ...STDERR, color: options.settings.color.stderr });
  let end: Extract<ThreadEvent, { type: "turn.completed" }> | undefined;
  const stopSignals = onInterrupt(() => thread.submit({ type: "interrupt" }));
  try {
    for await (const event of thread.run(task)) {
      progress.see(event);
      options.onEvent?.(event);
      if (options.json) for (const line of toJsonEvents(event)) process.stdout.write(`${JSON.stringify(line)}\n`);
      if (event.type === "turn.completed") end = event;
    }
  } finally {
    progress.stop();
    stopSignals();
  }
  if (!end) throw new Error("the turn ended without saying so");
  if (!options.json && progress.answer !== "" && !(progress.isAnswerShown && isSameTerminal())) {
    // A file gets the model's words as they are, a terminal what cannot drive it.
    process.stdout.write(`${process.stdout.isTTY ? plain(progress.answer) : progress.answer}\n`);
  }
  return {
    threadId: thread.id,
    reason: end.reason,
    answer: progress.answer,
    usage: end.usage,
    status: exitCodeOf(end.reason),
  };
}

/** Whether what is written to stdout and to stderr appears on one terminal. */
function isSameTerminal(): boolean {
  if (!process.stdout.isTTY || !process.stderr.isTTY) return false;
  const [out, error] = [process.stdout.fd, process.stderr.fd].map((fd) => fstatSync(fd));
  return out!.rdev === error!.rdev && out!.ino === error!.ino;
}
