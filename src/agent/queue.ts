/** A queue that one side pushes to and the other side iterates over. */
export interface Queue<T> extends AsyncIterable<T> {
  push(value: T): void;
  /** Ends the iteration once what was pushed is read. */
  end(): void;
  /** The iteration throws `error` once what was pushed is read. */
  fail(error: unknown): void;
}

/** Creates an unbounded queue for a single reader. */
export function createQueue<T>(): Queue<T> {
  const values: T[] = [];
  let ended = false;
  let failure: { error: unknown } | undefined;
  let wake: (() => void) | undefined;
  const signal = (): void => {
    wake?.();
    wake = undefined;
  };
  return {
    push(value) {
      values.push(value);
      signal();
    },
    end() {
      ended = true;
      signal();
    },
    fail(error) {
      failure ??= { error };
      signal();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        while (values.length > 0) yield values.shift() as T;
        if (failure) throw failure.error;
        if (ended) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
