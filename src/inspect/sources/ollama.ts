import { readFile } from "node:fs/promises";
import path from "node:path";
import { HalterError } from "../../types/index.ts";
import { readGgufTemplate } from "./gguf.ts";
import type { TemplateSource } from "./source.ts";

const MODEL = "application/vnd.ollama.image.model";
const TEMPLATE = "application/vnd.ollama.image.template";
const HOST = "registry.ollama.ai";

interface Layer {
  readonly mediaType?: string;
  readonly digest?: string;
}

/**
 * The template inside a model that Ollama has fetched, by its name there (`qwen3:0.6b`, `hf.co/user/model:Q4_K_M`). The folders are asked
 * in order. Throws `model_not_found`, and what a broken GGUF throws.
 */
export async function readOllamaTemplate(name: string, folders: readonly string[]): Promise<TemplateSource> {
  for (const folder of folders) {
    const manifest = await readManifest(path.join(folder, "manifests", ...manifestPath(name)));
    if (!manifest) continue;
    const blobOf = (type: string) => {
      const digest = manifest.find(({ mediaType }) => mediaType === type)?.digest;
      return digest === undefined ? undefined : path.join(folder, "blobs", digest.replace(":", "-"));
    };
    const model = blobOf(MODEL);
    if (model === undefined) throw new HalterError("model_not_found", `Ollama's ${name} holds no model`);
    const note = await ollamaTemplateNote(blobOf(TEMPLATE));
    const source = await readGgufTemplate(model);
    return { ...source, name: `ollama:${name}`, model: name, notes: [...source.notes, ...note] };
  }
  throw new HalterError("model_not_found", `Ollama has no ${name} in ${folders.join(" or ")}`, {
    hint: `ollama pull ${name}, or set OLLAMA_MODELS to the folder of its models`,
  });
}

/** `model:tag`, `user/model:tag` or `host/user/model:tag`; the tag is `latest` where none is given. */
function manifestPath(name: string): readonly string[] {
  const [whole = "", tag = "latest"] = name.split(/:(?=[^:/]*$)/);
  const parts = whole.split("/");
  if ([...parts, tag].some((part) => part === "" || part === "." || part === "..")) {
    throw new HalterError("usage", `${name} is no name of a model`, {
      hint: "ollama:MODEL[:TAG], as `ollama ls` shows it",
    });
  }
  if (parts.length === 1) return [HOST, "library", ...parts, tag];
  return parts.length === 2 ? [HOST, ...parts, tag] : [...parts, tag];
}

async function readManifest(file: string): Promise<readonly Layer[] | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const { layers } = JSON.parse(text) as { readonly layers?: readonly Layer[] };
    return Array.isArray(layers) ? layers : [];
  } catch (cause) {
    throw new HalterError("model_not_found", `${file} is no manifest of Ollama`, {
      hint: "pull the model again",
      cause,
    });
  }
}

/** Ollama has a template language of its own; where a model has such a template, the GGUF's is not what it uses. */
async function ollamaTemplateNote(file: string | undefined): Promise<readonly string[]> {
  const text = file === undefined ? undefined : await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return [];
  return [`Ollama uses a template of its own here (${text.length} characters, in Go's notation), not the GGUF's`];
}
