/** Milliseconds within which a signal is the same key press again: npm and our own launchers hand on what a terminal has sent to all. */
const SAME_PRESS = 300;

/**
 * Calls `interrupt` at Ctrl-C or SIGTERM; the next press ends the process at once with 130. Returns what lets go of the signals. What was
 * interrupted ends with the process, so from then on they stay held: neither the same press again nor a package that listens for signals
 * and repeats them when nobody else does can cut the end short.
 */
export function onInterrupt(interrupt: () => void): () => void {
  let pressedAt: number | undefined;
  const listener = (): void => {
    const now = performance.now();
    if (pressedAt === undefined) {
      pressedAt = now;
      // A process that ends takes no signals any more: it stays until the same press can no longer come again.
      setTimeout(() => {}, SAME_PRESS);
      interrupt();
    } else if (now - pressedAt > SAME_PRESS) {
      if (process.stderr.isTTY) process.stderr.write("\n");
      process.exit(130);
    }
  };
  process.on("SIGINT", listener);
  process.on("SIGTERM", listener);
  return () => {
    if (pressedAt !== undefined) return;
    process.off("SIGINT", listener);
    process.off("SIGTERM", listener);
  };
}
