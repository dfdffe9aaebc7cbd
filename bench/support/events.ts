/** What the lines of `halter run --json` say about a run. */
export interface RunFacts {
  readonly threadId: string | undefined;
  /** Tokens of all completed turns; `inputTokens` include the cached ones. */
  readonly usage: { readonly inputTokens: number; readonly cachedTokens: number; readonly outputTokens: number };
  /** Message of the failed turn or of the error that ended the run. */
  readonly error: string | undefined;
  /** Text of the last agent message. */
  readonly answer: string | undefined;
}

interface Line {
  readonly type?: string;
  readonly thread_id?: string;
  readonly message?: string;
  readonly error?: { readonly message?: string };
  readonly item?: { readonly type?: string; readonly text?: string };
  readonly usage?: {
    readonly input_tokens?: number;
    readonly cached_input_tokens?: number;
    readonly output_tokens?: number;
  };
}

/** Reads the events out of stdout; lines that are no JSON objects are left out. */
export function readEvents(stdout: string): RunFacts {
  const lines = stdout.split("\n").flatMap(parseLine);
  const usages = lines.map((line) => line.usage ?? {});
  const sum = (pick: (usage: NonNullable<Line["usage"]>) => number | undefined) =>
    usages.reduce((total, usage) => total + (pick(usage) ?? 0), 0);
  const messages = lines.filter((line) => line.type === "item.completed" && line.item?.type === "agent_message");
  const errors = lines.map((line) => (line.type === "turn.failed" ? line.error?.message : errorMessage(line)));
  return {
    threadId: lines.find((line) => line.type === "thread.started")?.thread_id,
    usage: {
      inputTokens: sum((usage) => usage.input_tokens),
      cachedTokens: sum((usage) => usage.cached_input_tokens),
      outputTokens: sum((usage) => usage.output_tokens),
    },
    error: errors.findLast((message) => message !== undefined),
    answer: messages.at(-1)?.item?.text,
  };
}

function errorMessage(line: Line): string | undefined {
  return line.type === "error" ? line.message : undefined;
}

function parseLine(text: string): Line[] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? [value as Line] : [];
  } catch {
    return [];
  }
}
