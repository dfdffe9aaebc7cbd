import path from "node:path";
import { CORPORA, type CorpusTemplate } from "../../bench/support/corpora.ts";
import { readGoldenFile } from "../../bench/support/golden-file.ts";
import type { RenderValue } from "../../src/templates/engine.ts";

/** One conversation and what llama.cpp's bare engine makes of it; `output` undefined where it fails. */
export interface Golden {
  readonly case: string;
  readonly variables: Readonly<Record<string, RenderValue>>;
  readonly output: string | undefined;
  /** What Python's Jinja2 makes of it. */
  readonly reference: string | undefined;
}

/** The goldens of a template of the corpus. Numbers and key order are read as they are written. */
export function goldensOf({ name }: CorpusTemplate): readonly Golden[] {
  return readGoldenFile(path.join(CORPORA.goldens, `${name}.json`)).map(({ reference, llamaCpp, ...golden }) => ({
    ...golden,
    output: llamaCpp.output,
    reference: reference.output,
  }));
}
