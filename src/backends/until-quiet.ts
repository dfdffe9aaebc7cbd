import { HalterError } from "../types/error.ts";

/** How long what may follow a finish reason (the usage, `[DONE]`) is waited for, milliseconds. */
export const AFTER_FINISH = 3_000;

/**
 * The items until they end. Once `left` says how many milliseconds the next one may take, nothing more is needed: a silence of that length and
 * a lost connection are an end too, since some servers never end a stream. An item that is awaited then is left to whoever cancels the request.
 */
export async function* untilQuiet<T>(items: AsyncIterable<T>, left: () => number | undefined): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  for (;;) {
    const next = iterator.next();
    const limit = left();
    const step = await (limit === undefined ? next : within(limit, next));
    if (step === undefined || step.done) return;
    let isTaken = false;
    try {
      yield step.value;
      isTaken = true;
    } finally {
      if (!isTaken) await iterator.return?.();
    }
  }
}

async function within<T>(milliseconds: number, next: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  try {
    return await Promise.race([next, late]);
  } catch (error) {
    if (error instanceof HalterError && error.code === "stream_cut") return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
