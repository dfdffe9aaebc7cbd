import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { ToolSpec } from "../../../src/types/index.ts";
import { CORPORA } from "../corpora.ts";

/** What an answer came to, as the corpus writes it; `arguments` is a value, or text that is no JSON. */
export interface Facts {
  readonly content: string | null;
  readonly reasoning: string | null;
  readonly tool_calls: readonly { readonly name: string; readonly arguments: unknown }[];
}

/** A line of a corpus file: a model's raw text and what some parser's own tests make of it. */
export interface CorpusCase {
  readonly id: string;
  readonly family: string;
  readonly format: string;
  /** What the source's parser extracts. */
  readonly scope: "full" | "tools" | "reasoning" | "inline-reasoning";
  readonly tools: readonly { readonly function?: Partial<ToolSpec> }[] | null;
  readonly input: string;
  readonly thinking_open: boolean;
  readonly generation_prompt?: string;
  readonly expected: Facts;
  readonly malformed: boolean;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Markers that the source leaves in its content. */
  readonly not_extracted?: string;
}

/** Names of the `.jsonl` files of a folder, in order; empty where there is no such folder. */
export function corpusFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".jsonl"))
    .sort();
}

/** Every case of a folder, in order. Throws an error that names file and line for one that is no JSON. */
export function corpusCases(folder: string = CORPORA.toolCalls): CorpusCase[] {
  return corpusFiles(folder).flatMap((file) =>
    readFileSync(path.join(folder, file), "utf8")
      .split("\n")
      .flatMap((line, index) => (line.trim() === "" ? [] : [readCase(line, `${file}:${index + 1}`)])),
  );
}

function readCase(line: string, place: string): CorpusCase {
  try {
    return JSON.parse(withoutNaN(line)) as CorpusCase;
  } catch (cause) {
    throw new Error(`${place} is no JSON`, { cause });
  }
}

/** Python writes numbers that JSON does not know as bare words; outside of strings they become null, as halter reads them. */
const withoutNaN = (line: string): string =>
  line.replaceAll(/"(?:[^"\\]|\\.)*"|NaN|-?Infinity/g, (found) => (found.startsWith('"') ? found : "null"));

/** Whether a case has one right answer: not broken, and without an option of its source. */
export const isComparable = (one: CorpusCase): boolean => !one.malformed && Object.keys(one.options ?? {}).length === 0;

/** The case's tools as a parser takes them. */
export function toolsOf(one: CorpusCase): ToolSpec[] {
  return (one.tools ?? []).flatMap(({ function: tool }) =>
    tool?.name ? [{ name: tool.name, description: tool.description ?? "", parameters: tool.parameters ?? {} }] : [],
  );
}
