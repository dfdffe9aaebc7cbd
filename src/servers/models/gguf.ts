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

/** What a model file says of itself, as far as starting a server needs it. Throws as `readGgufValues` does. */
export async function readGguf(file: string): Promise<GgufSummary> {
  const values = await readGgufValues(file, () => false);
  const architecture = String(values.get("general.architecture") ?? "unknown");
  const context = values.get(`${architecture}.context_length`);
  return { architecture, context: typeof context === "number" ? context : undefined };
}

/**
 * Reads the head of a GGUF file and checks that the tensors it announces fit into the file. Lists are left out unless `wantsList` names
 * their key: those of the vocabulary are long.
 * Throws `model_not_found` when there is no such file or it is no GGUF, `download_failed` when it is cut short.
 */
export async function readGgufValues(
  file: string,
  wantsList: (key: string) => boolean,
): Promise<ReadonlyMap<string, GgufValue>> {
  const handle = await open(file, "r").catch((error: NodeJS.ErrnoException) => {
    throw new HalterError("model_not_found", `Cannot read ${file}: ${error.code ?? error.message}`, {
      hint: "Give the path of a GGUF file that is there, or a name of: halter models ls",
      cause: error,
    });
  });
  try {
    return await readHead(handle, file, wantsList);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new HalterError("download_failed", `${file} is not a whole GGUF file: ${error.message}`, {
      hint: "Download it again",
      cause: error,
    });
  } finally {
    await handle.close();
  }
}

async function readHead(
  handle: FileHandle,
  file: string,
  wantsList: (key: string) => boolean,
): Promise<ReadonlyMap<string, GgufValue>> {
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
  const lastTensor = await lastTensorStart(cursor, tensors);
  const alignment = Number(values.get("general.alignment") ?? 32);
  const least = Math.ceil(cursor.position / alignment) * alignment + lastTensor;
  if (size <= least && tensors > 0) throw new RangeError(`it has ${size} bytes and its tensors reach past ${least}`);
  return values;
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
