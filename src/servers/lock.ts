import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { HalterError } from "../types/error.ts";
import { folderUnwritable, makeFolder } from "./folder.ts";

/** A lock whose holder was killed counts as free after this time, in milliseconds; a living holder renews it at half of it. */
const STALE = 6_000;
const RETRY = 250;

/** How to wait for a lock. */
export interface LockOptions {
  readonly signal: AbortSignal;
  /** Called once when another process holds the lock; throws to give up. */
  readonly onWait?: () => void;
}

/**
 * Runs the work while no other process holds the lock on this name (a path; the lock is the folder `<name>.lock`, and the
 * folder around it is made).
 * Waits as long as the other lives. The work's signal is also aborted when another takes the lock over, since this
 * process stood still for longer than `STALE`; whatever the work then fails with, `locked` is thrown.
 * Throws the signal's reason when given up, or `folder_unwritable`.
 */
export async function withLock<Result>(
  name: string,
  { signal, onWait }: LockOptions,
  work: (held: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const { default: lockfile } = await import("proper-lockfile");
  const lost = new AbortController();
  const settings = { realpath: false, stale: STALE, onCompromised: () => lost.abort(takenOver(name)) };
  let told = false;
  await makeFolder(path.dirname(name));
  for (;;) {
    signal.throwIfAborted();
    const release = await lockfile.lock(name, settings).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ELOCKED") throw folderUnwritable(path.dirname(name), error);
    });
    if (release) {
      try {
        return await work(AbortSignal.any([signal, lost.signal]));
      } catch (error) {
        lost.signal.throwIfAborted();
        throw error;
      } finally {
        await release().catch(() => {});
      }
    }
    if (!told) onWait?.();
    told = true;
    await wait(RETRY, undefined, { signal });
  }
}

function takenOver(name: string): HalterError {
  return new HalterError("locked", `Another halter has taken over ${name} while this one stood still`, {
    hint: "Wait until the other one is done, then run the same command again",
  });
}
