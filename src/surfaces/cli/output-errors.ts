import { getSystemErrorMessage } from "node:util";

/**
 * Takes what goes wrong with stdout and stderr, for every command. A reader that wants no more (`halter threads | head -1`) is no failure;
 * anything else, a full disk above all, is said once and makes the exit status 1. Work goes on: what it did stands in the journal.
 */
export function handleOutputErrors(): void {
  let isTold = false;
  const handle = (error: NodeJS.ErrnoException): void => {
    if (error.code === "EPIPE" || isTold) return;
    isTold = true;
    // The error may come before or after the command has ended and set a status of its own.
    process.once("exit", () => {
      process.exitCode = 1;
    });
    const why = error.errno === undefined ? error.message : getSystemErrorMessage(error.errno);
    process.stderr.write(`error: the output cannot be written: ${why}\n`);
  };
  for (const stream of [process.stdout, process.stderr]) stream.on("error", handle);
}
