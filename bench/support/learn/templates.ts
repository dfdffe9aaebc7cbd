import { learn } from "../../../src/inspect/learn/index.ts";
import { roundTrips, type Trip } from "../../../src/inspect/learn/round-trip.ts";
import { createSubject } from "../../../src/inspect/rules/subject.ts";
import type { ParserSpec } from "../../../src/types/index.ts";
import type { CorpusTemplate } from "../corpora.ts";

/** What was learned from one template. */
export interface LearnedTemplate {
  readonly name: string;
  readonly family: string;
  /** Undefined where the template shows no calls, or nothing could be learned: `reason`. */
  readonly spec: ParserSpec | undefined;
  readonly reason: string | undefined;
  readonly trips: readonly Trip[];
}

/** Learns from every template, one after the other. */
export async function learnAll(templates: readonly CorpusTemplate[]): Promise<LearnedTemplate[]> {
  const learned: LearnedTemplate[] = [];
  for (const template of templates) {
    const { spec, reason, answers } = learn(await createSubject(template));
    const { name, family } = template;
    learned.push({ name, family, spec, reason, trips: spec ? roundTrips(answers, spec) : [] });
  }
  return learned;
}
