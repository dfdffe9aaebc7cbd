import { createStatusLine, type StatusLine } from "./status-line.ts";

/** The status line of this process. */
export function statusOnStderr(): StatusLine {
  return createStatusLine({
    write: (text) => process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true,
    now: Date.now,
  });
}
