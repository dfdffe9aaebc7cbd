import { readFileSync } from "node:fs";
import type { KnownTemplate, TemplateDefect } from "../types/index.ts";

const FOLDER = new URL("../../models/", import.meta.url);

let templates: Readonly<Record<string, KnownTemplate>> | undefined;
let defects: Readonly<Record<string, { readonly defects: readonly TemplateDefect[] }>> | undefined;

/** Known chat templates by fingerprint (`models/templates.json`); read once, held to their schema by the tests. */
export function loadKnownTemplates(): Readonly<Record<string, KnownTemplate>> {
  templates ??= read("templates.json") as NonNullable<typeof templates>;
  return templates;
}

/** What is known to be wrong with the template of that fingerprint (`models/template-defects.json`). */
export function knownDefects(fingerprint: string): readonly TemplateDefect[] {
  defects ??= read("template-defects.json") as NonNullable<typeof defects>;
  return defects[fingerprint]?.defects ?? [];
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, FOLDER), "utf8"));
}
