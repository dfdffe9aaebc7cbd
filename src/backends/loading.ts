import { setTimeout as delay } from "node:timers/promises";
import type { Delta } from "../types/backend.ts";
import type { ErrorReaction } from "../types/error.ts";
import { HalterError } from "../types/error.ts";
import { serverError } from "./errors.ts";
import type { Transport } from "./transport.ts";

/** The delta that tells of a wait before an answer has begun. */
export type Waiting = Extract<Delta, { type: "waiting" }>;

export interface LoadingOptions {
  readonly transport: Transport;
  /** The route that answers 503 as long as the model loads: `/health`, or where that is unknown one that is always there. */
  readonly path: "/health" | "/v1/models";
  readonly now: () => number;
  /** After this many seconds of waiting it fails with `server_loading`. */
  readonly loadingSeconds: number;
  readonly signal?: AbortSignal | undefined;
  /** Hears a line for the user before each look. */
  readonly onWaiting?: ((detail: string) => void) | undefined;
}

/** Waits between two looks, milliseconds: short at first, since small models load in a second. */
const POLL_MS = [100, 200, 500, 1_000];

/** A look may take this long, milliseconds. */
const LOOK_TIMEOUT = 10_000;

/**
 * What `send` gives. While it throws `server_loading`, nothing was begun: the server is watched until it no longer
 * answers 503, with a delta before each look, and `send` is called again. `during` tells what happens while it sends.
 */
export async function* onceLoaded<T>(
  options: LoadingOptions,
  send: () => Promise<T>,
  during?: (sending: Promise<T>) => AsyncIterable<Waiting>,
): AsyncGenerator<Waiting, T> {
  const { now, loadingSeconds, signal, onWaiting } = options;
  const since = now();
  for (let look = 0; ; ) {
    try {
      const sending = send();
      if (during !== undefined) yield* during(sending);
      return await sending;
    } catch (error) {
      if (!(error instanceof HalterError) || error.code !== "server_loading") throw error;
    }
    do {
      const seconds = (now() - since) / 1000;
      if (seconds >= loadingSeconds) throw stillLoading(loadingSeconds);
      const detail = loadingFor(Math.round(seconds));
      onWaiting?.(detail);
      yield { type: "waiting", reason: "loading", detail, at: now() };
      const pause = Math.min(POLL_MS[Math.min(look++, POLL_MS.length - 1)]!, (loadingSeconds - seconds) * 1000);
      await delay(pause, undefined, signal === undefined ? {} : { signal });
    } while (await isLoading(options));
  }
}

/** The same for a question whose wait only `onWaiting` hears of. */
export async function askLoaded<T>(options: LoadingOptions, send: () => Promise<T>): Promise<T> {
  const waits = onceLoaded(options, send);
  for (;;) {
    const step = await waits.next();
    if (step.done) return step.value;
  }
}

/** What `asking` gives: an answer that comes only once the model is loaded. `onWaiting` hears a line for the user each second until then. */
export async function tellLoading<T>(asking: Promise<T>, onWaiting: LoadingOptions["onWaiting"]): Promise<T> {
  let seconds = 0;
  const timer = setInterval(() => onWaiting?.(loadingFor(++seconds)), 1_000);
  try {
    return await asking;
  } finally {
    clearInterval(timer);
  }
}

function loadingFor(seconds: number): string {
  return `the server loads its model (${seconds} s)`;
}

async function isLoading({ transport, path, signal }: LoadingOptions): Promise<boolean> {
  const answer = await transport.ask({
    method: "GET",
    path,
    timeoutMs: LOOK_TIMEOUT,
    ...(signal === undefined ? {} : { signal }),
  });
  return answer.status === 503 && serverError(503, answer.text).code === "server_loading";
}

function stillLoading(loadingSeconds: number): HalterError {
  return new HalterError("server_loading", `the server was still loading its model after ${loadingSeconds} s`, {
    hint: "Look at the server's log; a very large model may need a longer limit.",
    data: { reaction: "none" satisfies ErrorReaction },
  });
}
