import { resolveCall } from "../../../src/parsers/index.ts";
import type { ParseEvent, ParserSpec } from "../../../src/types/index.ts";
import { type CorpusCase, isComparable, toolsOf } from "./cases.ts";
import { factsOf, mismatch, type OurFacts, parseCase } from "./facts.ts";

/** What one case came to; written as a line of `--json`. */
export interface CaseResult {
  readonly id: string;
  readonly family: string;
  readonly format: string;
  /** The spec that read it. */
  readonly spec: string;
  /** `option`: a whole case that is for a parser with an option of its source; it is not counted. */
  readonly kind: "comparable" | "malformed" | "option";
  readonly facts: OurFacts;
  /** Why it is not what its source expects; absent where it is. */
  readonly mismatch?: string;
  /** Malformed cases: what we make of them, and whether their source makes a usable call of it too. */
  readonly salvaged?: "call" | "text";
  readonly sourceGivesUp?: boolean;
}

/** Parses one case and compares. */
export function judgeCase(one: CorpusCase, spec: ParserSpec): CaseResult {
  const events = parseCase(one, spec);
  const facts = factsOf(events);
  const why = mismatch(one, facts);
  const salvaged = one.malformed ? salvage(one, events) : undefined;
  return {
    id: one.id,
    family: one.family,
    format: one.format,
    spec: spec.id,
    kind: one.malformed ? "malformed" : isComparable(one) ? "comparable" : "option",
    facts,
    ...(why !== undefined && { mismatch: why }),
    ...(salvaged && { salvaged }),
    ...(one.malformed && { sourceGivesUp: !one.expected.tool_calls.some((call) => isObject(call.arguments)) }),
  };
}

/**
 * What a malformed case is still good for. `call`: at least one call comes out that could be run as it is given back: it
 * is not cut, and its arguments fit its tool after repairs, or are an object where no tools were given. `text`: no call is
 * seen in it, and everything but markers is shown in order. Undefined where all that comes out is a call nobody can run.
 */
function salvage(one: CorpusCase, events: readonly ParseEvent[]): CaseResult["salvaged"] {
  const calls = events.filter((event) => event.type === "tool_call");
  if (calls.some((event) => isUsable(event, one))) return "call";
  return calls.length === 0 && isWhole(one.input, events) ? "text" : undefined;
}

function isUsable({ call, malformed }: Extract<ParseEvent, { type: "tool_call" }>, one: CorpusCase): boolean {
  if (malformed?.type === "cut" || call.name === "") return false;
  const tools = toolsOf(one);
  if (tools.length > 0) return resolveCall(call, tools).type === "ready";
  try {
    return isObject(JSON.parse(call.arguments));
  } catch {
    return false;
  }
}

/** Whether the pieces that came out are the text, each character once and in order. */
function isWhole(input: string, events: readonly ParseEvent[]): boolean {
  const pieces = events.map((event) => (event.type === "tool_call" || event.type === "candidate" ? "" : event.text));
  return pieces.join("") === input;
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
