import { isDeepStrictEqual } from "node:util";
import { createParser } from "../../../src/parsers/index.ts";
import type { ParseEvent, ParserSpec } from "../../../src/types/index.ts";
import { type CorpusCase, type Facts, toolsOf } from "./cases.ts";

/** Parses a case's text at once; ids are `call_0`, `call_1`, … */
export function parseCase(one: CorpusCase, spec: ParserSpec): ParseEvent[] {
  let id = 0;
  const parser = createParser(spec, {
    tools: toolsOf(one),
    thinkingOpen: one.thinking_open,
    ...(one.generation_prompt !== undefined && { generationPrompt: one.generation_prompt }),
    newId: () => `call_${id++}`,
  });
  return [...parser.push(one.input), ...parser.end()];
}

/** What our events came to. */
export interface OurFacts extends Facts {
  /** The reasoning with nothing between its pieces: sources that have only one text for it join them so, or as lines. */
  readonly joined: string;
}

/** Folds events; pieces of reasoning that markers separate are lines of their own, as most sources join them. */
export function factsOf(events: readonly ParseEvent[]): OurFacts {
  const text = { text: "", reasoning: "" };
  let joined = "";
  const calls: { name: string; arguments: unknown }[] = [];
  for (const event of events) {
    const kind = event.type === "candidate_closed" ? event.as : event.type;
    if (kind === "reasoning" && "text" in event) joined += event.text;
    if ((kind === "text" || kind === "reasoning") && "text" in event) text[kind] += event.text;
    else if (event.type === "marker" && /\S$/.test(text.reasoning)) text.reasoning += "\n";
    else if (event.type === "tool_call")
      calls.push({ name: event.call.name, arguments: jsonOrText(event.call.arguments) });
  }
  return {
    content: text.text.trim() || null,
    reasoning: text.reasoning.trim() || null,
    tool_calls: calls,
    joined,
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
export function mismatch(one: CorpusCase, facts: OurFacts): string | undefined {
  const { scope, expected, not_extracted: skipped } = one;
  const wrong = (what: keyof Facts): string =>
    `${what} ${JSON.stringify(facts[what])} in place of ${JSON.stringify(expected[what])}`;
  const same = (a: string | null, b: string | null): boolean => (a ?? "").trim() === (b ?? "").trim();
  if (scope !== "reasoning" && skipped !== "tools" && !isDeepStrictEqual(facts.tool_calls, expected.tool_calls)) {
    return wrong("tool_calls");
  }
  const sameReasoning = same(facts.reasoning, expected.reasoning) || same(facts.joined, expected.reasoning);
  if (scope !== "tools" && skipped !== "reasoning" && !sameReasoning) return wrong("reasoning");
  return skipped || same(facts.content, expected.content) ? undefined : wrong("content");
}
