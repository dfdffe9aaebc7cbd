import { HalterError } from "../types/error.ts";
import { countSlots } from "./slots.ts";
import type { Transport } from "./transport.ts";

/** Looks after one request that may be silent for a long time. */
export interface Watchdog {
  /** A sign of life: a byte, a ping, progress. Cheap, called for every chunk. */
  touch(): void;
  stop(): void;
}

export interface WatchdogOptions {
  /** Silence after which the server is asked, milliseconds. */
  readonly silenceMs: number;
  /** Says what is wrong with the server, or nothing where it is at work. Never throws. */
  readonly ask: () => Promise<HalterError | undefined>;
  /** Called once, when a second look finds the same with no sign of life between the two. */
  readonly onDead: (error: HalterError) => void;
}

/** The second look comes this long after the first, at most: an answer may have been on its way. Milliseconds. */
const SECOND_LOOK = 2_000;

/** Never gives up on a server that works: prompts of a slow machine take minutes. */
export function createWatchdog({ silenceMs, ask, onDead }: WatchdogOptions): Watchdog {
  let touched = false;
  let suspected = false;
  let stopped = false;
  let timer = setTimeout(look, silenceMs);

  function again(ms: number): void {
    if (!stopped) timer = setTimeout(look, ms);
  }

  function look(): void {
    if (touched) {
      touched = false;
      suspected = false;
      again(silenceMs);
      return;
    }
    void ask().then((error) => {
      if (stopped) return;
      if (error === undefined || touched) {
        suspected = false;
        again(silenceMs);
      } else if (suspected || error.code === "server_gone") {
        stopped = true;
        onDead(error);
      } else {
        suspected = true;
        again(Math.min(SECOND_LOOK, silenceMs));
      }
    });
  }

  return {
    touch() {
      touched = true;
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** The longest that `/health` may take; it is answered while the model works. Milliseconds. */
const HEALTH_TIMEOUT = 10_000;

/** The longest that `/v1/models` may take elsewhere: some servers answer nothing while they read a prompt. Milliseconds. */
const MODELS_TIMEOUT = 300_000;

/**
 * Whether a silent llama-server still works for us: `server_gone` when nothing answers, `server_stalled` when `/health`
 * hangs or every slot is idle. A server that does not show its slots gets the benefit of the doubt.
 */
export async function askLlamaServer(transport: Transport, query: string): Promise<HalterError | undefined> {
  const silent = await askRoute(transport, "/health", HEALTH_TIMEOUT);
  if (silent !== undefined) return silent;
  const slots = await countSlots(transport, query);
  if (slots === undefined || slots.working > 0) return undefined;
  return new HalterError(
    "server_stalled",
    "the server fell silent in the middle of an answer and all its slots are idle",
    {
      hint: "The request was lost in the server: run the same step again.",
    },
  );
}

/** The same for any other endpoint, which shows no slots: any answer is a sign of life. `signal` ends the question. */
export function askOpenAiServer(transport: Transport, signal: AbortSignal): Promise<HalterError | undefined> {
  return askRoute(transport, "/v1/models", MODELS_TIMEOUT, signal);
}

async function askRoute(
  transport: Transport,
  path: string,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<HalterError | undefined> {
  try {
    await transport.ask({ method: "GET", path, timeoutMs, ...(signal === undefined ? {} : { signal }) });
    return undefined;
  } catch (cause) {
    const code = cause instanceof HalterError && cause.code === "server_stalled" ? "server_stalled" : "server_gone";
    return new HalterError(code, `the server at ${transport.baseUrl} fell silent and does not answer any more`, {
      hint: "Look at the server's log and start it again.",
      cause,
    });
  }
}
