import { readFileSync } from "node:fs";
import path from "node:path";
import type { Rule, Subject } from "../../src/inspect/rules/rule.ts";
import { type Reported, runRules } from "../../src/inspect/rules/run.ts";
import { createSubject } from "../../src/inspect/rules/subject.ts";
import { loadKnownTemplates, templateFingerprint } from "../../src/profiles/index.ts";

const folder = path.join(
  process.env.HALTER_SHARED ?? path.join(import.meta.dirname, "..", "..", "..", "shared"),
  "corpora",
  "templates",
);

/** A template of the corpus. */
export interface CorpusEntry {
  readonly name: string;
  readonly family: string;
  readonly source: string;
  readonly bosToken: string;
  readonly eosToken: string;
  /** As its maker published it. */
  readonly official: boolean;
}

/** All templates of the corpus; undefined where it is absent. */
export function corpusEntries(): readonly CorpusEntry[] | undefined {
  let index: readonly {
    name: string;
    file: string;
    family: string;
    bos_token: string | null;
    eos_token: string | null;
  }[];
  try {
    index = JSON.parse(readFileSync(path.join(folder, "index.json"), "utf8")) as typeof index;
  } catch {
    return undefined;
  }
  return index.map(({ name, file, family, bos_token, eos_token }) => {
    const source = readFileSync(path.join(folder, file), "utf8");
    const official = loadKnownTemplates()[templateFingerprint(source)]?.official === true;
    return { name, family, source, bosToken: bos_token ?? "", eosToken: eos_token ?? "", official };
  });
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
  readonly entry: CorpusEntry;
  readonly findings: readonly Reported[];
  /** `F03: message of the exception`; a rule that throws is a fault of ours. */
  readonly crashes: readonly string[];
  /** Milliseconds by rule. */
  readonly durations: ReadonlyMap<string, number>;
}

/** Runs rules over one template of the corpus, each by itself, so that one that throws does not hide the others. */
export async function checkEntry(entry: CorpusEntry, rules: readonly Rule[]): Promise<CorpusReport> {
  const subject = await createSubject(entry);
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
  return { entry, findings, crashes, durations };
}
