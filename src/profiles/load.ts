import { readdirSync, readFileSync } from "node:fs";
import { type ModelProfile, modelProfileSchema } from "../types/index.ts";

/** Two levels up from both `src/profiles` and `dist/profiles`. */
const FOLDER = new URL("../../models/", import.meta.url);

let cached: readonly ModelProfile[] | undefined;

/**
 * The profiles that come with halter (`models/*.json`, the catalogue of downloads aside), by file name; read once.
 * A file that does not fit the schema is a mistake of ours and throws.
 */
export function loadProfiles(): readonly ModelProfile[] {
  cached ??= readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json") && file !== "catalog.json")
    .sort()
    .map((file) => modelProfileSchema.parse(JSON.parse(readFileSync(new URL(file, FOLDER), "utf8"))));
  return cached;
}
