import { type FileHandle, open } from "node:fs/promises";
import { HalterError, type JournalRecord } from "../types/index.ts";

/** An open journal; one writer per thread. */
export interface Journal {
  /** Absolute path of the journal. */
  readonly file: string;
  /**
   * Adds a record; resolves when it is on the disk. Calls need not wait for each other, their order is kept.
   * Throws `disk_full` or `journal_unwritable`; the journal stays valid then and the next call may succeed.
   */
  append(record: JournalRecord): Promise<void>;
  /** Waits for what is being written, then gives the thread free. */
  close(): Promise<void>;
}

/** Opens `file` (made where it is missing) to write after its first `goodBytes` bytes; what follows them is cut off. */
export async function openWriter(file: string, goodBytes: number, release: () => Promise<void>): Promise<Journal> {
  const handle = await open(file, "a", 0o600);
  await handle.truncate(goodBytes);
  let size = goodBytes;
  let last: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;

  const write = async (line: Buffer): Promise<void> => {
    try {
      await writeWhole(handle, line);
      await handle.datasync();
      size += line.length;
    } catch (error) {
      // Half a line must not become a damaged line in the middle when the next record is added.
      await handle.truncate(size).catch(() => undefined);
      throw writeError(error, file);
    }
  };

  return {
    file,
    append(record) {
      const line = Buffer.from(`${JSON.stringify(record)}\n`);
      const written = last.then(() => write(line));
      last = written.catch(() => undefined);
      return written;
    },
    close() {
      closing ??= last.then(() => handle.close()).then(release);
      return closing;
    },
  };
}

/** One write call as a rule; the rest of a short write follows at once. */
async function writeWhole(handle: FileHandle, line: Buffer): Promise<void> {
  for (let done = 0; done < line.length; ) {
    done += (await handle.write(line, done)).bytesWritten;
  }
}

/** The `HalterError` for a file error `error` while writing `file`. */
export function writeError(error: unknown, file: string): HalterError {
  const reason = error instanceof Error ? error.message : String(error);
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new HalterError("disk_full", `no space left to write ${file}`, {
      hint: "Free some space, then go on with `halter resume`.",
      cause: error,
    });
  }
  return new HalterError("journal_unwritable", `cannot write ${file}: ${reason}`, {
    hint: "Make the folder writable, or choose another state folder.",
    cause: error,
  });
}
