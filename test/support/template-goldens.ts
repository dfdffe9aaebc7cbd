import { readFileSync } from "node:fs";
import path from "node:path";
import { readGoldenFile } from "../../bench/support/golden-file.ts";
import type { RenderValue } from "../../src/templates/engine.ts";

const corpora = path.join(
  process.env.HALTER_SHARED ?? path.join(import.meta.dirname, "..", "..", "..", "shared"),
  "corpora",
);

/** One entry of the corpus's list of templates, as far as tests use it. */
export interface CorpusTemplate {
  readonly file: string;
  readonly family: string;
}

/** One conversation and what llama.cpp's bare engine makes of it; `output` undefined where it fails. */
export interface Golden {
  readonly case: string;
  readonly variables: Readonly<Record<string, RenderValue>>;
  readonly output: string | undefined;
  /** What Python's Jinja2 makes of it. */
  readonly reference: string | undefined;
}

/** The corpus's templates; undefined where the corpora are absent. */
export function corpusTemplates(): readonly CorpusTemplate[] | undefined {
  try {
    return JSON.parse(readFileSync(path.join(corpora, "templates", "index.json"), "utf8")) as CorpusTemplate[];
  } catch {
    return undefined;
  }
}

export function corpusTemplateFile(file: string): string {
  return path.join(corpora, "templates", file);
}

export function corpusTemplateText(file: string): string {
  return readFileSync(corpusTemplateFile(file), "utf8");
}

/** Numbers and key order are read as they are written. */
export function goldensOf(templateFile: string): readonly Golden[] {
  const file = path.join(corpora, "template-goldens", templateFile.replace(/\.jinja$/, ".json"));
  return readGoldenFile(file).map(({ reference, llamaCpp, ...golden }) => ({
    ...golden,
    output: llamaCpp.output,
    reference: reference.output,
  }));
}
