import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { HalterError } from "../../types/error.ts";
import type { ServerSettings } from "../settings.ts";

const OWN_CATALOG = path.join(import.meta.dirname, "..", "..", "..", "models", "catalog.json");

const hubSourceSchema = z.object({
  type: z.literal("hub"),
  repo: z.string(),
  /** Commit, so that the bytes cannot change under the name. */
  revision: z.string(),
  file: z.string(),
});

const wheelsSourceSchema = z.object({
  type: z.literal("wheels"),
  /** Package name of a part, with `{n}` for its number from 1. */
  package: z.string(),
  version: z.string(),
  parts: z.int().min(1),
  /** Bytes of every part but the last. */
  partBytes: z.int().min(1),
  /** The part's path inside its wheel, with `{package}` (underscores), and `{nn}` for the number in two digits. */
  member: z.string(),
});

const sourceSchema = z.discriminatedUnion("type", [hubSourceSchema, wheelsSourceSchema]);

const catalogModelSchema = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  title: z.string(),
  /** File name under which it is kept. */
  file: z.string().regex(/^[^/\\]+\.gguf$/),
  bytes: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  licence: z.string(),
  /** Trained context in tokens. */
  context: z.int().min(1),
  architecture: z.string(),
  sources: z.array(sourceSchema).min(1),
});

const catalogSchema = z.array(catalogModelSchema);

export type HubSource = z.infer<typeof hubSourceSchema>;
export type WheelsSource = z.infer<typeof wheelsSourceSchema>;
/** One place a model's bytes can come from. */
export type CatalogSource = z.infer<typeof sourceSchema>;
/** The kinds of places: the model hub, or package wheels that carry the same bytes in parts. */
export type SourceType = CatalogSource["type"];
/** A model that halter can fetch by name. */
export type CatalogModel = z.infer<typeof catalogModelSchema>;

/** The models that can be asked for by name. Throws a ZodError when the catalogue itself is wrong. */
export async function readCatalog(file: string = OWN_CATALOG): Promise<CatalogModel[]> {
  return catalogSchema.parse(JSON.parse(await readFile(file, "utf8")));
}

/** Whether halter can fetch a model of this name by itself; `file` is a catalogue other than its own. */
export async function isCatalogueName(name: string, file?: string): Promise<boolean> {
  const catalog = await readCatalog(file);
  return catalog.some((candidate) => candidate.name === name.toLowerCase());
}

/** The entry of that name; throws `model_not_found` with the known names. */
export async function findInCatalog(settings: ServerSettings, name: string): Promise<CatalogModel> {
  const catalog = await readCatalog(settings.catalogFile);
  const entry = catalog.find((candidate) => candidate.name === name.toLowerCase());
  if (entry) return entry;
  throw new HalterError("model_not_found", `No model named ${name} and no file of that name`, {
    hint: `Give a .gguf file, or one of: ${catalog.map((candidate) => candidate.name).join(", ")}`,
  });
}
