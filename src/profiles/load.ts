import { readdirSync, readFileSync } from "node:fs";
import type { ModelProfile } from "../types/index.ts";

/** Two levels up from both `src/profiles` and `dist/profiles`. */
const FOLDER = new URL("../../models/", import.meta.url);

/** Files of the folder that are something else. */
const OTHERS = ["catalog.json", "templates.json", "template-defects.json"];

let cached: readonly ModelProfile[] | undefined;

/**
 * The profiles that come with halter (`models/*.json`, lists of other things aside), by file name; read once.
 * They are held to `modelProfileSchema` by the tests and not on every start, which the schema library would make slow.
 */
export function loadProfiles(): readonly ModelProfile[] {
  cached ??= readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json") && !OTHERS.includes(file))
    .sort()
    .map((file) => readModelsFile(file) as ModelProfile);
  return cached;
}

/** A JSON file of `models/`. */
export const readModelsFile = (file: string): unknown => JSON.parse(readFileSync(new URL(file, FOLDER), "utf8"));
