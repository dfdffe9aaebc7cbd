/** A window to plan with where the server does not tell its own (tokens). */
export const ASSUMED_WINDOW = 8192;

/** Characters per token to plan with, low on purpose: code and JSON run at about three to four. */
const CHARS_PER_TOKEN = 3;

export interface Budget {
  /** Tokens one answer may have. */
  readonly answerTokens: number;
  /** Characters one tool result may bring into the prompt. */
  readonly toolOutputChars: number;
  /** Tokens a prompt may have after an overflow, so that the next answers fit too. */
  readonly afterOverflowTokens: number;
}

/** Shares of the window: an eighth for an answer, an eighth for a tool's output. */
export function budgetOf(windowTokens: number | undefined): Budget {
  const window = windowTokens ?? ASSUMED_WINDOW;
  const eighth = Math.floor(window / 8);
  return {
    answerTokens: Math.min(16_384, Math.max(512, eighth)),
    toolOutputChars: Math.min(40_000, Math.max(1_500, eighth * CHARS_PER_TOKEN)),
    afterOverflowTokens: Math.floor(window * 0.6),
  };
}
