import { setTimeout as delay } from "node:timers/promises";
import type { ErrorReaction } from "../types/error.ts";
import { HalterError } from "../types/error.ts";
import { serverError } from "./errors.ts";
import type { Transport } from "./transport.ts";

export interface LoadingOptions {
  readonly transport: Transport;
  readonly now: () => number;
  /** When the wait began, on the clock of `now`. */
  readonly since: number;
  /** After this many seconds since then it fails with `server_loading`. */
  readonly loadingSeconds: number;
  readonly signal?: AbortSignal;
}

/** Waits between two looks at `/health`, milliseconds: short at first, since small models load in a second. */
const POLL_MS = [100, 200, 500, 1_000];

/** A look at `/health` may take this long, milliseconds. */
const HEALTH_TIMEOUT = 10_000;

/** Looks at `/health` until it no longer answers 503; yields a line for the user before each look. */
export async function* untilLoaded(options: LoadingOptions): AsyncGenerator<string> {
  const { transport, now, since, loadingSeconds, signal } = options;
  for (let look = 0; ; look++) {
    const seconds = (now() - since) / 1000;
    if (seconds >= loadingSeconds) {
      throw new HalterError("server_loading", `the server was still loading its model after ${loadingSeconds} s`, {
        hint: "Look at the server's log; a very large model may need a longer limit.",
        data: { reaction: "none" satisfies ErrorReaction },
      });
    }
    yield `the server loads its model (${Math.round(seconds)} s)`;
    const pause = Math.min(POLL_MS[Math.min(look, POLL_MS.length - 1)]!, (loadingSeconds - seconds) * 1000);
    await delay(pause, undefined, signal === undefined ? {} : { signal });
    const answer = await transport.ask({
      method: "GET",
      path: "/health",
      timeoutMs: HEALTH_TIMEOUT,
      ...(signal === undefined ? {} : { signal }),
    });
    if (answer.status !== 503 || serverError(503, answer.text).code !== "server_loading") return;
  }
}
