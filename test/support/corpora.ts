import { describe, it } from "vitest";
import { type CorpusTemplate, corpusTemplates } from "../../bench/support/corpora.ts";

/** Tests that read the corpora, given their templates; where they are absent, one test in their place that is skipped and says so. */
export function describeCorpora(name: string, tests: (templates: readonly CorpusTemplate[]) => void): void {
  const templates = corpusTemplates();
  describe(name, () => {
    if (templates) tests(templates);
    else it("reads the corpora", ({ skip }) => skip("the corpora are absent"));
  });
}
