import { expect, it } from "vitest";
import { templateRules } from "../../../src/inspect/rules/index.ts";
import { isError } from "../../../src/inspect/rules/run.ts";
import { describeCorpora } from "../../support/corpora.ts";
import { type CorpusReport, checkTemplate, isOfficial } from "../../support/template-rules.ts";

/** A minute of one core at most; the machine may have other work. */
const PATIENCE = 600_000;
/** Rules on what no template of the corpus has. */
const UNSEEN = ["P01", "P02", "P06", "P09", "P11", "P15", "F10", "T13", "T18", "X01", "X04", "X09", "X10"];

describeCorpora("all rules over the corpus of templates", (templates) => {
  const reports: CorpusReport[] = [];

  it("never throw", { timeout: PATIENCE }, async () => {
    for (const template of templates) reports.push(await checkTemplate(template, templateRules));
    const milliseconds = reports.flatMap(({ durations }) => [...durations.values()]).reduce((sum, one) => sum + one, 0);
    console.log(
      `${templateRules.length} rules over ${reports.length} templates: ${(milliseconds / 1000).toFixed(1)} s`,
    );
    expect(reports.flatMap(({ template, crashes }) => crashes.map((crash) => `${template.name}: ${crash}`))).toEqual(
      [],
    );
  });

  it("find no error in official templates but the defects that are known", () => {
    const official = reports.filter(({ template }) => isOfficial(template));
    expect(official.length).toBeGreaterThan(40);
    const errors = official.flatMap(({ template, findings }) =>
      findings
        .filter((reported) => isError(reported) && reported.known === undefined)
        .map(({ rule, finding }) => `${template.name}: ${rule.id} [${finding.fixture}] ${finding.message}`),
    );
    expect(errors).toEqual([]);
  });

  it("each find something somewhere, but for what no template of the corpus has and what a file alone does not show", () => {
    const fired = new Set(reports.flatMap(({ findings }) => findings.map(({ rule }) => rule.id)));
    const silent = templateRules.filter(({ id, needs }) => needs.length === 0 && !fired.has(id)).map(({ id }) => id);
    expect(silent).toEqual(UNSEEN);
  });
});
