import { open, readFile, rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { HalterError } from "../types/index.ts";

/** Lock files this process holds: one with our own process id that is not among them is left over from a former life. */
const held = new Set<string>();

/** Milliseconds a new lock may stay empty until its writer has put its process id in. */
const EMPTY_MS = 100;

/**
 * Takes `file` as the lock of a thread: created exclusively, it holds the writer's process id. A lock whose process is
 * gone is taken over. Returns the release; throws `locked` while another writer lives.
 */
export async function takeLock(file: string): Promise<() => Promise<void>> {
  if (!(await create(file))) await takeOver(file);
  held.add(file);
  return async () => {
    if (held.delete(file)) await rm(file, { force: true });
  };
}

async function create(file: string): Promise<boolean> {
  try {
    const handle = await open(file, "wx");
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Two processes may find the same dead lock, so only one at a time may look at it and replace it. */
async function takeOver(file: string): Promise<void> {
  const owner = await readOwner(file);
  if (lives(owner, file)) throw lockedBy(owner, file);
  const { lock } = await import("proper-lockfile");
  const release = await lock(file, { realpath: false, retries: { retries: 40, minTimeout: 50, maxTimeout: 250 } });
  try {
    const current = await readOwner(file);
    if (lives(current, file)) throw lockedBy(current, file);
    await rm(file, { force: true });
    if (!(await create(file))) throw lockedBy(await readOwner(file), file);
  } finally {
    await release();
  }
}

/** The process id in a lock; 0 where there is none. */
async function readOwner(file: string): Promise<number> {
  const read = () => readFile(file, "utf8").then(Number, () => 0);
  const owner = await read();
  if (owner > 0) return owner;
  await sleep(EMPTY_MS);
  return (await read()) || 0;
}

function lives(pid: number, file: string): boolean {
  if (pid === process.pid) return held.has(file);
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function lockedBy(pid: number, file: string): HalterError {
  return new HalterError("locked", `another halter (process ${pid}) is writing to this thread`, {
    hint: `Wait for it or stop it. If process ${pid} is not halter, delete ${file}.`,
    data: { pid, file },
  });
}
