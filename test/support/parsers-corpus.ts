import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { createParser, parserSpecs } from "../../src/parsers/index.ts";
import type { ParseEvent, ToolSpec } from "../../src/types/index.ts";

const shared = process.env.HALTER_SHARED ?? path.join(import.meta.dirname, "..", "..", "..", "shared");
const folder = path.join(shared, "corpora", "tool-calls");

export const hasCorpus = existsSync(folder);

export interface CorpusCase {
  readonly id: string;
  readonly format: string;
  readonly scope: "full" | "tools" | "reasoning" | "inline-reasoning";
  readonly tools: readonly { readonly function?: Partial<ToolSpec> }[] | null;
  readonly input: string;
  readonly thinking_open: boolean;
  readonly generation_prompt?: string;
  readonly expected: Facts;
  readonly malformed: boolean;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly not_extracted?: string;
}

/** What an answer came to, as the corpus writes it. */
export interface Facts {
  readonly content: string | null;
  readonly reasoning: string | null;
  readonly tool_calls: readonly { readonly name: string; readonly arguments: unknown }[];
}

/** Cases of a format that have one right answer: not broken, without options. */
export function comparableCases(format: string): CorpusCase[] {
  return corpusCases().filter(
    (one) => one.format === format && !one.malformed && Object.keys(one.options ?? {}).length === 0,
  );
}

/** Every case whose line is JSON (a few hold NaN). */
export function corpusCases(): CorpusCase[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".jsonl"))
    .flatMap((file) => readFileSync(path.join(folder, file), "utf8").split("\n"))
    .filter((line) => line !== "" && !/: ?NaN/.test(line))
    .map((line) => JSON.parse(line) as CorpusCase);
}

export function toolsOf(one: CorpusCase): ToolSpec[] {
  return (one.tools ?? []).flatMap(({ function: tool }) =>
    tool?.name ? [{ name: tool.name, description: tool.description ?? "", parameters: tool.parameters ?? {} }] : [],
  );
}

export function parseCase(one: CorpusCase, family = one.format): ParseEvent[] {
  let id = 0;
  const parser = createParser(parserSpecs[family]!, {
    tools: toolsOf(one),
    thinkingOpen: one.thinking_open,
    ...(one.generation_prompt !== undefined && { generationPrompt: one.generation_prompt }),
    newId: () => `call_${id++}`,
  });
  return [...parser.push(one.input), ...parser.end()];
}

/** Folds events; pieces of reasoning that markers separate are lines of their own, as most sources join them. */
export function factsOf(events: readonly ParseEvent[]): Facts {
  const text = { text: "", reasoning: "" };
  const calls: { name: string; arguments: unknown }[] = [];
  for (const event of events) {
    if (event.type === "text" || event.type === "reasoning") text[event.type] += event.text;
    else if (event.type === "candidate_closed") text[event.as] += event.text;
    else if (event.type === "marker" && /\S$/.test(text.reasoning)) text.reasoning += "\n";
    else if (event.type === "tool_call")
      calls.push({ name: event.call.name, arguments: jsonOrText(event.call.arguments) });
  }
  return {
    content: text.text.trim() || null,
    reasoning: text.reasoning.trim() || null,
    tool_calls: calls,
  };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Why the facts are not the expected ones; undefined when they are, looking only at what the source extracts. */
export function mismatch(one: CorpusCase, facts: Facts): string | undefined {
  const { scope, expected, not_extracted: skipped } = one;
  const wrong = (what: keyof Facts): string =>
    `${what} ${JSON.stringify(facts[what])} in place of ${JSON.stringify(expected[what])}`;
  const same = (a: string | null, b: string | null): boolean => (a ?? "").trim() === (b ?? "").trim();
  if (scope !== "reasoning" && skipped !== "tools" && !isDeepStrictEqual(facts.tool_calls, expected.tool_calls)) {
    return wrong("tool_calls");
  }
  if (scope !== "tools" && skipped !== "reasoning" && !same(facts.reasoning, expected.reasoning)) {
    return wrong("reasoning");
  }
  return skipped || same(facts.content, expected.content) ? undefined : wrong("content");
}
