import { HalterError } from "../../types/error.ts";
import { onInterrupt } from "./on-interrupt.ts";

/** Runs `work` with Ctrl-C and SIGTERM as its signal. Throws `cancelled` with `words` once one came, whatever the work made of it. */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  words: string = "interrupted",
): Promise<T> {
  const stop = new AbortController();
  const letGo = onInterrupt(() => stop.abort(new HalterError("cancelled", words)));
  try {
    return await work(stop.signal);
  } finally {
    letGo();
    stop.signal.throwIfAborted();
  }
}
