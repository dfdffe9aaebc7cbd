/** One line at the bottom of a terminal that is written over in place. */
export interface StatusLine {
  set(text: string): void;
  /** Writes lasting text above the line. */
  printAbove(text: string): void;
  clear(): void;
}

export interface StatusLineOptions {
  readonly write: (text: string) => void;
  /** The line is written over in place; false where the stream is no terminal. */
  readonly isTerminal: boolean;
  /** Width of the terminal in columns now. */
  readonly columns: () => number;
  /** Milliseconds. */
  readonly now: () => number;
}

/** A terminal is written to at most this often (milliseconds), a file never with the same news sooner than every ten seconds. */
const TERMINAL_PAUSE = 80;
const FILE_PAUSE = 10_000;
/** Erases the current line and returns to its start (ECMA-48: EL 2, CR). */
export const ERASE = "\r\u001b[2K";

/** Creates the line; where the stream is no terminal, news becomes a plain line every ten seconds. */
export function createStatusLine(options: StatusLineOptions): StatusLine {
  let shown = "";
  let lastAt = options.now();
  const clear = (): void => {
    if (shown !== "" && options.isTerminal) options.write(ERASE);
    shown = "";
  };
  return {
    set(text) {
      const pause = options.isTerminal ? TERMINAL_PAUSE : FILE_PAUSE;
      if (options.now() - lastAt < pause) return;
      lastAt = options.now();
      if (!options.isTerminal) return options.write(`${text}\n`);
      shown = text;
      options.write(`${ERASE}${text.slice(0, options.columns() - 1)}`);
    },
    printAbove(text) {
      clear();
      options.write(text);
    },
    clear,
  };
}
