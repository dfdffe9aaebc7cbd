import type { ServerProgress } from "../../servers/index.ts";
import { interruptible } from "./interruptible.ts";
import { describeProgress } from "./server-progress.ts";
import { statusOnStderr } from "./status-on-stderr.ts";

/** A download keeps what it has; an engine that was loading is gone and loads again. */
const INTERRUPTED = "interrupted; the same command goes on where it stopped";

/** Runs `work` with its progress on stderr and Ctrl-C as its signal; the terminal is left clean. Throws `cancelled` after Ctrl-C. */
export async function showServerProgress<T>(
  work: (onProgress: (progress: ServerProgress) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const status = statusOnStderr();
  const show = (progress: ServerProgress): void => {
    const { text, lasting } = describeProgress(progress);
    if (lasting) status.printAbove(`${text}\n`);
    else status.set(text);
  };
  try {
    return await interruptible((signal) => work(show, signal), INTERRUPTED);
  } finally {
    status.clear();
  }
}
