import { describe, expect, it } from "vitest";
import { templateRules } from "../../../src/inspect/rules/index.ts";
import { isError } from "../../../src/inspect/rules/run.ts";
import { type CorpusReport, checkEntry, corpusEntries } from "../../support/template-rules.ts";

const entries = corpusEntries();
/** A minute of one core at most; the machine may have other work. */
const PATIENCE = 600_000;

describe.skipIf(!entries)("all rules over the corpus of templates", () => {
  const reports: CorpusReport[] = [];

  it("never throw", { timeout: PATIENCE }, async () => {
    for (const entry of entries!) reports.push(await checkEntry(entry, templateRules));
    const milliseconds = reports.flatMap(({ durations }) => [...durations.values()]).reduce((sum, one) => sum + one, 0);
    console.log(
      `${templateRules.length} rules over ${reports.length} templates: ${(milliseconds / 1000).toFixed(1)} s`,
    );
    expect(reports.flatMap(({ entry, crashes }) => crashes.map((crash) => `${entry.name}: ${crash}`))).toEqual([]);
  });

  it("find no error in official templates but the defects that are known", () => {
    const official = reports.filter(({ entry }) => entry.official);
    expect(official.length).toBeGreaterThan(40);
    const errors = official.flatMap(({ entry, findings }) =>
      findings
        .filter((reported) => isError(reported) && reported.known === undefined)
        .map(({ rule, finding }) => `${entry.name}: ${rule.id} [${finding.fixture}] ${finding.message}`),
    );
    expect(errors).toEqual([]);
  });

  it("each find something somewhere, or belong to what no file shows", () => {
    const fired = new Set(reports.flatMap(({ findings }) => findings.map(({ rule }) => rule.id)));
    const silent = templateRules.filter(({ id, needs }) => needs.length === 0 && !fired.has(id)).map(({ id }) => id);
    console.log(`rules without a finding in the corpus: ${silent.join(", ") || "none"}`);
    expect(silent.length).toBeLessThan(templateRules.length);
  });
});
