import type { CorpusTemplate } from "../../bench/support/corpora.ts";
import type { Rule, Subject } from "../../src/inspect/rules/rule.ts";
import { type Reported, runRules } from "../../src/inspect/rules/run.ts";
import { createSubject } from "../../src/inspect/rules/subject.ts";
import { loadKnownTemplates, templateFingerprint } from "../../src/profiles/index.ts";

/** The template is as its maker published it. */
export function isOfficial({ source }: CorpusTemplate): boolean {
  return loadKnownTemplates()[templateFingerprint(source)]?.official === true;
}

/** A subject of a source without tokens, for small templates in tests. */
export function subjectOf(source: string, more: Partial<Parameters<typeof createSubject>[0]> = {}): Promise<Subject> {
  return createSubject({ name: "test", source, ...more });
}

/** What one rule finds in a source. */
export async function findingsOf(
  rule: Rule,
  source: string,
  more: Partial<Parameters<typeof createSubject>[0]> = {},
): Promise<Awaited<ReturnType<Rule["check"]>>> {
  return rule.check(await subjectOf(source, more));
}

/** What came of all rules over one template of the corpus. */
export interface CorpusReport {
  readonly template: CorpusTemplate;
  readonly findings: readonly Reported[];
  /** `F03: message of the exception`; a rule that throws is a fault of ours. */
  readonly crashes: readonly string[];
  /** Milliseconds by rule. */
  readonly durations: ReadonlyMap<string, number>;
}

/** Runs rules over one template of the corpus, each by itself, so that one that throws does not hide the others. */
export async function checkTemplate(template: CorpusTemplate, rules: readonly Rule[]): Promise<CorpusReport> {
  const subject = await createSubject(template);
  const findings: Reported[] = [];
  const crashes: string[] = [];
  const durations = new Map<string, number>();
  for (const rule of rules) {
    try {
      const report = await runRules([rule], subject);
      findings.push(...report.findings);
      for (const [id, milliseconds] of report.durations) durations.set(id, milliseconds);
    } catch (error) {
      crashes.push(`${rule.id}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { template, findings, crashes, durations };
}
