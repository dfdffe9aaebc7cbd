import { createStatusLine, type StatusLine, type StatusLineOptions } from "./status-line.ts";

/** Columns of a terminal that does not tell. */
const USUAL_COLUMNS = 80;

/** Stderr of this process, as status lines and progress write to it. */
export const STDERR: StatusLineOptions = {
  write: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  columns: () => process.stderr.columns || USUAL_COLUMNS,
  now: Date.now,
};

/** The status line of this process. */
export function statusOnStderr(): StatusLine {
  return createStatusLine(STDERR);
}
