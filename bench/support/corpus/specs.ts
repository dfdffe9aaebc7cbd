import { parserSpecs } from "../../../src/parsers/index.ts";
import type { ParserSpec } from "../../../src/types/index.ts";
import type { CorpusCase } from "./cases.ts";

/** Formats of the corpus that go by another name here; every other one is the id of its family. */
const SPEC_OF_FORMAT: Readonly<Record<string, string>> = {
  "llama4-pythonic": "pythonic",
  ling3: "glm-xml",
  laguna: "glm-xml",
  "calling-tool-text": "hermes-json",
  "llama3-function-tag": "llama3",
};

/** The family that reads a case; undefined for a format that no table names. */
export function specOf(one: Pick<CorpusCase, "family" | "format">): ParserSpec | undefined {
  return parserSpecs[SPEC_OF_FORMAT[one.format] ?? one.format] ?? parserSpecs[one.family];
}
