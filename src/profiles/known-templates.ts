import type { KnownTemplate, TemplateDefect } from "../types/index.ts";
import { readModelsFile } from "./load.ts";

let templates: Readonly<Record<string, KnownTemplate>> | undefined;
let defects: Readonly<Record<string, { readonly defects: readonly TemplateDefect[] }>> | undefined;

/** Known chat templates by fingerprint (`models/templates.json`); read once, held to their schema by the tests. */
export function loadKnownTemplates(): Readonly<Record<string, KnownTemplate>> {
  templates ??= readModelsFile("templates.json") as NonNullable<typeof templates>;
  return templates;
}

/** What is known to be wrong with the template of that fingerprint (`models/template-defects.json`). */
export function knownDefects(fingerprint: string): readonly TemplateDefect[] {
  defects ??= readModelsFile("template-defects.json") as NonNullable<typeof defects>;
  return defects[fingerprint]?.defects ?? [];
}
