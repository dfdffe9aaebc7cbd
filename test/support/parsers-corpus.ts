import {
  CORPUS_FOLDER,
  type CorpusCase,
  corpusCases as casesOf,
  corpusFiles,
} from "../../bench/support/corpus/cases.ts";
import { parseCase as parseWith } from "../../bench/support/corpus/facts.ts";
import { specOf } from "../../bench/support/corpus/specs.ts";
import { parserSpecs } from "../../src/parsers/index.ts";
import type { ParseEvent } from "../../src/types/index.ts";

export { toolsOf } from "../../bench/support/corpus/cases.ts";
export { factsOf, mismatch } from "../../bench/support/corpus/facts.ts";

export const hasCorpus = corpusFiles(CORPUS_FOLDER).length > 0;

/** Every case of the corpus. */
export const corpusCases = (): CorpusCase[] => casesOf(CORPUS_FOLDER);

/** Parses a case as its family would, or as the family named. */
export function parseCase(one: CorpusCase, family?: string): ParseEvent[] {
  return parseWith(one, (family === undefined ? specOf(one) : parserSpecs[family])!);
}
