import { type FileHandle, open } from "node:fs/promises";
import { HalterError } from "../../types/error.ts";
import { FileCursor } from "./gguf-cursor.ts";
import { type GgufValue, readEntries } from "./gguf-entries.ts";

/** What a model file says of itself, as far as starting a server needs it. */
export interface GgufSummary {
  readonly architecture: string;
  /** Trained context in tokens, where the file names it. */
  readonly context: number | undefined;
}

const ENTRIES_LIMIT = 1_000_000;

/** The head of a model file. */
export interface GgufHead {
  readonly values: ReadonlyMap<string, GgufValue>;
  /** What is wrong with the tensors that should follow; undefined where nothing is. */
  readonly damage: string | undefined;
}

/** What a model file says of itself, as far as starting a server needs it. Throws as `readGgufValues` does, and for tensors that are cut short. */
export async function readGguf(file: string): Promise<GgufSummary> {
  const { values, damage } = await readGgufValues(file, () => false);
  if (damage !== undefined) throw notWhole(file, new RangeError(damage));
  const architecture = String(values.get("general.architecture") ?? "unknown");
  const context = values.get(`${architecture}.context_length`);
  return { architecture, context: typeof context === "number" ? context : undefined };
}

/**
 * Reads the head of a GGUF file and looks whether the tensors it announces fit into the file. Lists are left out unless `wantsList` names
 * their key: those of the vocabulary are long.
 * Throws `model_not_found` when there is no such file or it is no GGUF, `download_failed` when its values are cut short.
 */
export async function readGgufValues(file: string, wantsList: (key: string) => boolean): Promise<GgufHead> {
  const handle = await open(file, "r").catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error);
  });
  try {
    return await readHead(handle, file, wantsList);
  } catch (error) {
    if (error instanceof RangeError) throw notWhole(file, error);
    // A folder opens like a file and cannot be read.
    const isSystem = (error as NodeJS.ErrnoException).syscall !== undefined;
    throw isSystem ? unreadable(file, error as NodeJS.ErrnoException) : error;
  } finally {
    await handle.close();
  }
}

function unreadable(file: string, cause: NodeJS.ErrnoException): HalterError {
  return new HalterError("model_not_found", `Cannot read ${file}: ${cause.code ?? cause.message}`, {
    hint: "Give the path of a GGUF file that is there, or a name of: halter models ls",
    cause,
  });
}

function notWhole(file: string, cause: RangeError): HalterError {
  return new HalterError("download_failed", `${file} is not a whole GGUF file: ${cause.message}`, {
    hint: "Download it again",
    cause,
  });
}

async function readHead(handle: FileHandle, file: string, wantsList: (key: string) => boolean): Promise<GgufHead> {
  const { size } = await handle.stat();
  const cursor = new FileCursor(handle);
  const magic = await cursor.bytes(4);
  if (magic.toString("latin1") !== "GGUF") {
    throw new HalterError("model_not_found", `${file} is not a GGUF file`, {
      hint: "Give a model in llama.cpp's GGUF format, or a name of: halter models ls",
    });
  }
  await cursor.uint32();
  const tensors = await count(cursor);
  const entries = await count(cursor);
  const values = await readEntries(cursor, entries, wantsList);
  const alignment = Number(values.get("general.alignment") ?? 32);
  return { values, damage: await tensorDamage(cursor, tensors, alignment, size) };
}

async function tensorDamage(
  cursor: FileCursor,
  tensors: number,
  alignment: number,
  size: number,
): Promise<string | undefined> {
  try {
    const lastTensor = await lastTensorStart(cursor, tensors);
    const least = Math.ceil(cursor.position / alignment) * alignment + lastTensor;
    return size <= least && tensors > 0 ? `it has ${size} bytes and its tensors reach past ${least}` : undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

/** Where the last tensor begins, counted from the start of the tensor data. */
async function lastTensorStart(cursor: FileCursor, tensors: number): Promise<number> {
  let last = 0;
  for (let index = 0; index < tensors; index++) {
    await cursor.text();
    cursor.skip((await cursor.uint32()) * 8 + 4);
    last = Math.max(last, await cursor.uint64());
  }
  return last;
}

async function count(cursor: FileCursor): Promise<number> {
  const value = await cursor.uint64();
  if (value > ENTRIES_LIMIT) throw new RangeError("its counts are impossible");
  return value;
}
