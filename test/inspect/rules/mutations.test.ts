import { expect, it } from "vitest";
import type { CorpusTemplate } from "../../../bench/support/corpora.ts";
import { templateRules } from "../../../src/inspect/rules/index.ts";
import type { Subject } from "../../../src/inspect/rules/rule.ts";
import { type RuleReport, runRules } from "../../../src/inspect/rules/run.ts";
import { createSubject } from "../../../src/inspect/rules/subject.ts";
import { describeCorpora } from "../../support/corpora.ts";
import { type Harm, harmOf, type Mutant, mutantsOf } from "../../support/template-mutations.ts";
import { isOfficial } from "../../support/template-rules.ts";

/** One of each kind: think tags, XML calls, channels, plain headers. HALTER_MUTATIONS=all takes every official one. */
const CHOSEN =
  /^(Qwen-Qwen3-0\.6B|Qwen3\.5-4B|GLM-4\.6|openai-gpt-oss-120b|MiniMax-M2|deepseek-ai-DeepSeek-V3\.1|meta-llama-Llama-3\.1-8B-Instruct)$/;
const PATIENCE = 600_000;
/** Of the mutants that lose words or change their order, at most this part may go unnoticed. */
const MISSED_AT_MOST = 0.05;

/** The rules that look at what is rendered; those that compare engines would see nothing else and take half of the time. */
const rules = templateRules.filter(({ id }) => /^[FTRKBS]/.test(id));

const isChosen =
  process.env.HALTER_MUTATIONS === "all" ? isOfficial : ({ name }: CorpusTemplate): boolean => CHOSEN.test(name);

interface Tried {
  readonly template: string;
  readonly mutant: Mutant;
  readonly harm: Harm;
  /** Whether a rule finds something (no mere fact) in the mutant that it does not find in the original. */
  readonly noticed: boolean;
}

describeCorpora("mutants of real templates", (templates) => {
  const tried: Tried[] = [];

  it("are made and checked", { timeout: PATIENCE }, async () => {
    for (const template of templates.filter(isChosen)) tried.push(...(await tryMutants(template)));
    for (const harm of ["lost", "reordered"] as const) {
      const of = tried.filter((one) => one.harm === harm);
      console.log(`${harm}: ${of.filter(({ noticed }) => noticed).length} of ${of.length} mutants noticed`);
    }
    expect(tried.length).toBeGreaterThan(50);
  });

  it("that lose words or their order are noticed", () => {
    const missed = tried.filter(({ noticed }) => !noticed).map(({ template, mutant }) => `${template}: ${mutant.name}`);
    if (missed.length > 0) console.log(`missed:\n${missed.map((line) => JSON.stringify(line)).join("\n")}`);
    expect(missed.length / tried.length).toBeLessThan(MISSED_AT_MOST);
  });
});

async function tryMutants(template: CorpusTemplate): Promise<Tried[]> {
  const original = await createSubject(template);
  const known = new Set(told(await runRules(rules, original)));
  const tried: Tried[] = [];
  for (const mutant of mutantsOf(template.source)) {
    const subject: Subject = await createSubject({ ...template, source: mutant.source });
    const harm = harmOf(original, subject);
    // Other text is often as good as before: a default system message, a line break.
    if (harm !== "lost" && harm !== "reordered") continue;
    const noticed = told(await runRules(rules, subject)).some((finding) => !known.has(finding));
    tried.push({ template: template.name, mutant, harm, noticed });
  }
  return tried;
}

/** Findings that are more than facts, as texts that can be compared. */
function told({ findings }: RuleReport): readonly string[] {
  return findings
    .filter(({ severity }) => severity !== "info")
    .map(({ rule, finding, severity }) => [rule.id, severity, finding.fixture, finding.message].join(" | "));
}
