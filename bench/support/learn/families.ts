import { isDeepStrictEqual } from "node:util";
import type { ParserSpec } from "../../../src/types/index.ts";
import { type CorpusCase, isComparable } from "../corpus/cases.ts";
import { type CaseResult, judgeCase } from "../corpus/judge.ts";
import { specOf } from "../corpus/specs.ts";
import { TEMPLATE_OF } from "./pairs.ts";

/** Why a learned parser reads a case otherwise than its source, as the table counts it. */
export type Reason = "both" | "reasoning" | "calls" | "other";

/** One comparable case, read by the learned parser and by the one that was written by hand. */
export interface FamilyCase {
  readonly one: CorpusCase;
  readonly learned: CaseResult | undefined;
  readonly written: CaseResult;
  /** Absent where the learned parser is right. */
  readonly reason?: Reason;
}

export interface FamilyRow {
  readonly key: string;
  readonly template: string;
  readonly cases: readonly FamilyCase[];
}

/** The cases of each family and format that a template teaches, read with what was learned from that template. */
export function familyRows(
  cases: readonly CorpusCase[],
  specs: ReadonlyMap<string, ParserSpec | undefined>,
): readonly FamilyRow[] {
  const groups = Map.groupBy(cases.filter(isComparable), ({ family, format }) => `${family} ${format}`);
  return [...groups].flatMap(([key, some]) => {
    const template = TEMPLATE_OF[key];
    return template === undefined ? [] : [{ key, template, cases: some.map((one) => read(one, specs.get(template))) }];
  });
}

function read(one: CorpusCase, spec: ParserSpec | undefined): FamilyCase {
  const written = judgeCase(one, specOf(one)!);
  const learned = spec && judgeCase(one, spec);
  if (learned && learned.mismatch === undefined) return { one, learned, written };
  return { one, learned, written, reason: reasonOf(one, spec, learned, written) };
}

function reasonOf(
  { expected, thinking_open, input }: CorpusCase,
  spec: ParserSpec | undefined,
  learned: CaseResult | undefined,
  written: CaseResult,
): Reason {
  if (written.mismatch !== undefined) return "both";
  const isCalls = !isDeepStrictEqual(learned?.facts.tool_calls, expected.tool_calls);
  const markers = (spec?.calls ?? []).map(({ open }) => open).filter((open) => open !== "");
  if (isCalls && expected.tool_calls.length > 0 && !markers.some((open) => input.includes(open))) return "calls";
  const showsNone = spec?.thinking === undefined && spec?.channels === undefined;
  return showsNone && (expected.reasoning !== null || thinking_open) ? "reasoning" : "other";
}
