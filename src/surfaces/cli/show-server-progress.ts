import type { ServerProgress } from "../../servers/index.ts";
import { describeProgress } from "./server-progress.ts";
import { statusOnStderr } from "./status-on-stderr.ts";

/** Runs `work` with its progress on stderr and Ctrl-C as its signal; the terminal is left clean. */
export async function showServerProgress<T>(
  work: (onProgress: (progress: ServerProgress) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const status = statusOnStderr();
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once("SIGINT", onSignal);
  process.once("SIGTERM", onSignal);
  try {
    return await work((progress) => {
      const { text, lasting } = describeProgress(progress);
      if (lasting) status.printAbove(`${text}\n`);
      else status.set(text);
    }, stop.signal);
  } finally {
    status.clear();
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  }
}
