import { rm } from "node:fs/promises";
import path from "node:path";
import { HalterError } from "../../types/error.ts";
import { withLock } from "../lock.ts";
import type { ServerSettings } from "../settings.ts";
import { findInCatalog, readCatalog } from "./catalog.ts";
import type { CatalogModel } from "./catalog-schema.ts";
import { download } from "./download.ts";
import { type FetchOptions, sizeOf } from "./file.ts";
import { partialPath, partsFolder } from "./partial-file.ts";

/** A model of the catalogue as `halter models ls` shows it. */
export interface ListedModel extends CatalogModel {
  /** Where it lies or would lie. */
  readonly path: string;
  readonly installed: boolean;
  /** Bytes there of an unfinished download. */
  readonly partialBytes: number;
}

/** A model file that is there. */
export interface LocalModel {
  readonly name: string;
  readonly file: string;
}

/**
 * The file of a model: a path to a GGUF as it is, or a catalogue model, downloaded where it is not there yet.
 * Throws `model_not_found`, `download_failed`, `disk_full`, `folder_unwritable`, `hash_mismatch`, `locked` or the signal's reason.
 */
export async function resolveModel(
  settings: ServerSettings,
  model: string,
  options: FetchOptions,
): Promise<LocalModel> {
  const isPath = /[/\\]|\.gguf$/i.test(model);
  if (isPath) return { name: path.basename(model).replace(/\.gguf$/i, ""), file: path.resolve(model) };
  const entry = await findInCatalog(settings, model);
  return { name: entry.name, file: await pull(settings, entry, options) };
}

/** Downloads a catalogue model where it is not there yet and returns its path. Throws as `resolveModel`. */
export async function pullModel(settings: ServerSettings, name: string, options: FetchOptions): Promise<string> {
  return pull(settings, await findInCatalog(settings, name), options);
}

async function pull(settings: ServerSettings, entry: CatalogModel, options: FetchOptions): Promise<string> {
  const file = modelFile(settings, entry);
  if ((await sizeOf(file)) === entry.bytes) return file;
  await download(settings, entry, file, options);
  return file;
}

/** All models of the catalogue, with what is here of them. */
export async function listModels(settings: ServerSettings): Promise<ListedModel[]> {
  const catalog = await readCatalog(settings.catalogFile);
  return Promise.all(
    catalog.map(async (entry) => {
      const file = modelFile(settings, entry);
      const installed = (await sizeOf(file)) === entry.bytes;
      const partialBytes = (await sizeOf(partialPath(file, entry))) ?? 0;
      return { ...entry, path: file, installed, partialBytes };
    }),
  );
}

/**
 * Deletes a catalogue model and what is there of an unfinished download; false when nothing was there.
 * Throws `model_not_found`, or `locked` while it is being downloaded.
 */
export async function removeModel(settings: ServerSettings, name: string): Promise<boolean> {
  const entry = await findInCatalog(settings, name);
  const file = modelFile(settings, entry);
  const partial = partialPath(file, entry);
  const places = [file, partial, partsFolder(partial)];
  const sizes = await Promise.all(places.map(sizeOf));
  if (sizes.every((size) => size === undefined)) return false;
  const onWait = () => {
    throw new HalterError("locked", `${entry.name} is being downloaded`, {
      hint: "Stop the download, or wait for its end; one that was killed is over after some seconds",
    });
  };
  await withLock(file, { signal: new AbortController().signal, onWait }, async () => {
    for (const place of places) await rm(place, { recursive: true, force: true });
  });
  return true;
}

/** Where a catalogue model lies or would lie. */
export function modelFile(settings: ServerSettings, entry: CatalogModel): string {
  return path.join(path.resolve(settings.cacheDir), "models", entry.file);
}
