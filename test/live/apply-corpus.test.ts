import { expect, it } from "vitest";
import { describeCorpora } from "../support/corpora.ts";
import { type Comparison, shownDifference } from "../support/template-apply.ts";
import { applyCorpus } from "../support/template-apply-corpus.ts";
import { templateEngineCommand } from "../support/template-engine.ts";

/** Every third template: all of them are `npm run test:apply`. */
const EVERY = 3;

describeCorpora("the corpus", (templates) => {
  it("is rendered as the embedded engine does, a third of it", { timeout: 600_000 }, async ({ skip }) => {
    const command = await templateEngineCommand();
    if (typeof command === "string") return skip(command);
    const files = templates.map(({ file }) => file).sort();
    const all: Comparison[] = [];
    const unequal: string[] = [];
    for await (const { template, comparisons = [] } of applyCorpus(
      command,
      files.filter((_, index) => index % EVERY === 0),
    )) {
      all.push(...comparisons);
      for (const comparison of comparisons) {
        const name = `${template}: ${comparison.conversation}`;
        if (!comparison.equal) unequal.push(`${name}\n${shownDifference(comparison)}`);
      }
    }
    console.log(`apply-template: ${all.filter(({ equal }) => equal).length} of ${all.length} equal`);
    expect(all.length).toBeGreaterThan(2000);
    expect(unequal).toEqual([]);
  });
});
