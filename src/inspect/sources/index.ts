import { open, stat } from "node:fs/promises";
import { loadKnownTemplates, templateFingerprint } from "../../profiles/index.ts";
import { readGgufTemplate } from "./gguf.ts";
import { readOllamaTemplate } from "./ollama.ts";
import type { TemplateSource } from "./source.ts";
import { readJinjaFile, readModelFolder, readTokenizerConfig } from "./tokenizer-config.ts";

export { readServerTemplate, templateDrift } from "./server.ts";
export type { TemplateSource } from "./source.ts";

export interface ReadOptions {
  /** Folders in which Ollama may keep its models. */
  readonly ollamaFolders: readonly string[];
}

/**
 * Reads a template from a place: a Jinja file, a tokenizer_config.json or a folder with one, a GGUF (also one of Ollama's blobs), or
 * `ollama:NAME`. Tokens that the place does not tell are those of the known template, where it is one.
 * Throws `usage` for what cannot be read, and for a GGUF `model_not_found` or `download_failed`.
 */
export async function readTemplate(place: string, { ollamaFolders }: ReadOptions): Promise<TemplateSource> {
  const read = place.startsWith("ollama:")
    ? await readOllamaTemplate(place.slice("ollama:".length), ollamaFolders)
    : await readPlace(place);
  const known = loadKnownTemplates()[templateFingerprint(read.source)];
  return { ...read, bosToken: read.bosToken ?? known?.bosToken, eosToken: read.eosToken ?? known?.eosToken };
}

async function readPlace(place: string): Promise<TemplateSource> {
  const found = await stat(place).catch(() => undefined);
  if (found?.isDirectory()) return readModelFolder(place);
  // What a pipe gives can be read once alone.
  if (place.endsWith(".gguf") || (found?.isFile() && (await isGguf(place)))) return readGgufTemplate(place);
  return place.endsWith(".json") ? readTokenizerConfig(place) : readJinjaFile(place);
}

/** Ollama's blobs have no telling name. */
async function isGguf(file: string): Promise<boolean> {
  const handle = await open(file, "r").catch(() => undefined);
  if (!handle) return false;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString("latin1") === "GGUF";
  } finally {
    await handle.close();
  }
}
