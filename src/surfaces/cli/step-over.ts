// Runs on a Node that is too old for the rest: nothing but Node's own modules may be imported here.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A checkout's development Node, which npm installs where there is one for the system and processor. */
const DEVELOPMENT_NODE = `../../../node_modules/node-${process.platform}-${process.arch}/bin/node`;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs this program again with the development Node beside it, hands signals on, and resolves to its exit status; a signal that ended it
 * ends this process too. Undefined where there is no such Node, or none that starts.
 */
export async function stepOver(): Promise<number | undefined> {
  const node = fileURLToPath(new URL(DEVELOPMENT_NODE, import.meta.url));
  if (!existsSync(node)) return undefined;
  const child = spawn(node, process.argv.slice(1), { stdio: "inherit" });
  const handOn = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, handOn);
  return new Promise((resolve) => {
    child.on("error", () => resolve(undefined));
    child.on("exit", (status, signal) => {
      for (const name of SIGNALS) process.off(name, handOn);
      if (signal) process.kill(process.pid, signal);
      else resolve(status ?? 1);
    });
  });
}
