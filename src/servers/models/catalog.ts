import { readFile } from "node:fs/promises";
import path from "node:path";
import { HalterError } from "../../types/error.ts";
import type { ServerSettings } from "../settings.ts";
import type { CatalogModel } from "./catalog-schema.ts";

const OWN_CATALOG = path.join(import.meta.dirname, "..", "..", "..", "models", "catalog.json");

/**
 * The models that can be asked for by name. Halter's own catalogue is held to its schema by the tests; another one is checked here
 * and throws a ZodError when it is wrong.
 */
export async function readCatalog(file: string = OWN_CATALOG): Promise<CatalogModel[]> {
  const catalog: unknown = JSON.parse(await readFile(file, "utf8"));
  if (file === OWN_CATALOG) return catalog as CatalogModel[];
  const { catalogSchema } = await import("./catalog-schema.ts");
  return catalogSchema.parse(catalog);
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
