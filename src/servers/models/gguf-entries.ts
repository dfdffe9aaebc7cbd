import type { FileCursor } from "./gguf-cursor.ts";

/** A value of a GGUF's head. Integers of 64 bits lose digits beyond 2^53, which no key that is read has. */
export type GgufValue = string | number | boolean | readonly GgufValue[];

interface Scalar {
  readonly bytes: number;
  readonly read: (buffer: Buffer, at: number) => number | boolean;
}

/** GGUF's value types by number; 8 is text, 9 is a list. */
const SCALARS: Readonly<Record<number, Scalar>> = {
  0: { bytes: 1, read: (buffer, at) => buffer.readUInt8(at) },
  1: { bytes: 1, read: (buffer, at) => buffer.readInt8(at) },
  2: { bytes: 2, read: (buffer, at) => buffer.readUInt16LE(at) },
  3: { bytes: 2, read: (buffer, at) => buffer.readInt16LE(at) },
  4: { bytes: 4, read: (buffer, at) => buffer.readUInt32LE(at) },
  5: { bytes: 4, read: (buffer, at) => buffer.readInt32LE(at) },
  6: { bytes: 4, read: (buffer, at) => buffer.readFloatLE(at) },
  7: { bytes: 1, read: (buffer, at) => buffer.readUInt8(at) !== 0 },
  10: { bytes: 8, read: (buffer, at) => Number(buffer.readBigUInt64LE(at)) },
  11: { bytes: 8, read: (buffer, at) => Number(buffer.readBigInt64LE(at)) },
  12: { bytes: 8, read: (buffer, at) => buffer.readDoubleLE(at) },
};
const TEXT = 8;
const LIST = 9;

/** More items than any vocabulary has. */
const LIST_LIMIT = 16_000_000;

/** Reads `count` pairs of key and value; a list is skipped unless `wantsList` names its key. Throws RangeError for damage. */
export async function readEntries(
  cursor: FileCursor,
  count: number,
  wantsList: (key: string) => boolean,
): Promise<ReadonlyMap<string, GgufValue>> {
  const values = new Map<string, GgufValue>();
  for (let index = 0; index < count; index++) {
    const key = await cursor.text();
    const type = await cursor.uint32();
    if (type === LIST && !wantsList(key)) await skipList(cursor);
    else values.set(key, await readValue(cursor, type));
  }
  return values;
}

async function readValue(cursor: FileCursor, type: number): Promise<GgufValue> {
  if (type === TEXT) return cursor.text();
  if (type === LIST) return readList(cursor);
  const scalar = scalarOf(type);
  return scalar.read(await cursor.bytes(scalar.bytes), 0);
}

async function readList(cursor: FileCursor): Promise<readonly GgufValue[]> {
  const { type, length } = await listHead(cursor);
  const values: GgufValue[] = [];
  if (type === TEXT) {
    for (let index = 0; index < length; index++) values.push(cursor.textAtHand() ?? (await cursor.text()));
    return values;
  }
  const { bytes, read } = scalarOf(type);
  const buffer = await cursor.bytes(length * bytes);
  for (let index = 0; index < length; index++) values.push(read(buffer, index * bytes));
  return values;
}

async function skipList(cursor: FileCursor): Promise<void> {
  const { type, length } = await listHead(cursor);
  if (type !== TEXT) return cursor.skip(length * scalarOf(type).bytes);
  for (let index = 0; index < length; index++) if (!cursor.skipTextAtHand()) cursor.skip(await cursor.uint64());
}

async function listHead(cursor: FileCursor): Promise<{ readonly type: number; readonly length: number }> {
  const type = await cursor.uint32();
  const length = await cursor.uint64();
  if (length > LIST_LIMIT) throw new RangeError("a list is impossibly long");
  return { type, length };
}

function scalarOf(type: number): Scalar {
  const scalar = SCALARS[type];
  if (scalar === undefined) throw new RangeError(`it has a value of the unknown type ${type}`);
  return scalar;
}
