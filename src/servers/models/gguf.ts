import { type FileHandle, open } from "node:fs/promises";
import { HalterError } from "../../types/error.ts";
import { FileCursor } from "./gguf-cursor.ts";

/** What a model file says of itself, as far as starting a server needs it. */
export interface GgufSummary {
  readonly architecture: string;
  /** Trained context in tokens, where the file names it. */
  readonly context: number | undefined;
}

/** Bytes of GGUF's value types by number; 8 is text, 9 is an array. */
const SCALAR_BYTES: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const TEXT = 8;
const ARRAY = 9;

const ENTRIES_LIMIT = 1_000_000;

/**
 * Reads the head of a GGUF file and checks that the tensors it announces fit into the file.
 * Throws `model_not_found` when there is no such file or it is no GGUF, `download_failed` when it is cut short.
 */
export async function readGguf(file: string): Promise<GgufSummary> {
  const handle = await open(file, "r").catch((error: NodeJS.ErrnoException) => {
    throw new HalterError("model_not_found", `Cannot read ${file}: ${error.code ?? error.message}`, {
      hint: "Give the path of a GGUF file that is there, or a name of: halter models ls",
      cause: error,
    });
  });
  try {
    return await summarize(handle, file);
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

async function summarize(handle: FileHandle, file: string): Promise<GgufSummary> {
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
  const values = new Map<string, string | number>();
  for (let index = 0; index < entries; index++) {
    const key = await cursor.text();
    const value = await readValue(cursor, await cursor.uint32());
    if (value !== undefined) values.set(key, value);
  }
  const lastTensor = await lastTensorStart(cursor, tensors);
  const alignment = Number(values.get("general.alignment") ?? 32);
  const least = Math.ceil(cursor.position / alignment) * alignment + lastTensor;
  if (size <= least && tensors > 0) throw new RangeError(`it has ${size} bytes and its tensors reach past ${least}`);
  const architecture = String(values.get("general.architecture") ?? "unknown");
  const context = values.get(`${architecture}.context_length`);
  return { architecture, context: typeof context === "number" ? context : undefined };
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

async function readValue(cursor: FileCursor, type: number): Promise<string | number | undefined> {
  if (type === TEXT) return cursor.text();
  if (type === ARRAY) return skipArray(cursor);
  const bytes = await cursor.bytes(scalarBytes(type));
  return type === 4 ? bytes.readUInt32LE() : type === 10 ? Number(bytes.readBigUInt64LE()) : undefined;
}

async function skipArray(cursor: FileCursor): Promise<undefined> {
  const type = await cursor.uint32();
  const length = await cursor.uint64();
  if (type !== TEXT) return cursor.skip(length * scalarBytes(type)) as undefined;
  for (let index = 0; index < length; index++) cursor.skip(await cursor.uint64());
}

function scalarBytes(type: number): number {
  const bytes = SCALAR_BYTES[type];
  if (bytes === undefined) throw new RangeError(`it has a value of the unknown type ${type}`);
  return bytes;
}

async function count(cursor: FileCursor): Promise<number> {
  const value = await cursor.uint64();
  if (value > ENTRIES_LIMIT) throw new RangeError("its counts are impossible");
  return value;
}
