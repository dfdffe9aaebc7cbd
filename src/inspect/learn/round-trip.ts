import { isDeepStrictEqual } from "node:util";
import { createParser, resolveCall } from "../../parsers/index.ts";
import { probeThinking } from "../../templates/index.ts";
import type { ParseEvent, ParserSpec } from "../../types/index.ts";
import type { Answer, Answers } from "./answers.ts";
import { SHAPES, type Shape } from "./shapes.ts";
import { PARSED_TOOLS, type ProbeCall } from "./words.ts";

/** What became of one shape that the template rendered. */
export interface Trip {
  readonly shape: string;
  /** The assistant's part, as it was cut out of the prompt and parsed. */
  readonly text: string;
  readonly expected: readonly ProbeCall[];
  readonly got: readonly ProbeCall[];
  /** The same calls came back, each in the spec's own markers. */
  readonly passed: boolean;
}

/** Renders every shape, parses the assistant's part, compares names and arguments. What the template refuses or does not show is left out. */
export function roundTrips(answers: Answers, spec: ParserSpec): readonly Trip[] {
  return SHAPES.flatMap((shape) => {
    const answer = answers.calls(shape.calls, shape.more);
    return answer && showsAll(answer, shape) ? [trip(answer, shape, spec)] : [];
  });
}

function trip(answer: Answer, { name, calls }: Shape, spec: ParserSpec): Trip {
  const events = parse(answer, spec);
  const found = events.filter((event) => event.type === "tool_call");
  const got = found.map(({ call }) => {
    const resolved = resolveCall(call, PARSED_TOOLS);
    const input = resolved.type === "ready" ? resolved.input : jsonOf(call.arguments);
    return { name: call.name, input: input as ProbeCall["input"] };
  });
  const isSame = isDeepStrictEqual(got, calls);
  const passed = isSame && found.every(({ notation }) => notation === "native");
  return { shape: name, text: answer.text, expected: calls, got, passed };
}

function parse(answer: Answer, spec: ParserSpec): ParseEvent[] {
  let calls = 0;
  const kept = answer.opening.slice(0, answer.opening.length - answer.extra.length);
  const { thinkingOpen } = probeThinking(kept, spec.thinking);
  const parser = createParser(spec, {
    tools: PARSED_TOOLS,
    thinkingOpen,
    generationPrompt: kept,
    newId: () => `call_${++calls}`,
  });
  return [...parser.push(answer.text), ...parser.end()];
}

/** Whether all names stand in the text, in order, and all values: some templates show the first call alone, or lose what is no text. */
function showsAll({ text }: Answer, { calls }: Shape): boolean {
  let at = 0;
  return calls.every(({ name, input }) => {
    const found = text.indexOf(name, at);
    at = found + name.length;
    return found >= 0 && leaves(input).every((leaf) => writings(leaf).some((writing) => text.includes(writing)));
  });
}

/** Every value inside of a value that holds no others. */
function leaves(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [value];
}

/** How a value may stand in a text: as it is, as JSON has it, as Python has it. */
function writings(leaf: unknown): string[] {
  if (leaf === null) return ["null", "None"];
  if (typeof leaf === "boolean") return [String(leaf), leaf ? "True" : "False"];
  return [
    String(leaf),
    JSON.stringify(leaf).slice(1, -1),
    JSON.stringify(JSON.stringify(leaf).slice(1, -1)).slice(1, -1),
  ];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
