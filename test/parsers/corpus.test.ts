import { expect, it } from "vitest";
import { corpusCases, isComparable } from "../../bench/support/corpus/cases.ts";
import { factsOf, mismatch, parseCase } from "../../bench/support/corpus/facts.ts";
import { specOf } from "../../bench/support/corpus/specs.ts";
import { describeCorpora } from "../support/corpora.ts";
import { decidedOtherwise } from "../support/parsers-decided.ts";

describeCorpora("tool-call corpus", () => {
  const cases = corpusCases().filter((one) => isComparable(one) && specOf(one));
  const formats = [...new Set(cases.map((one) => one.format))];
  let passed = 0;

  it.each(formats)("%s: every comparable case but those decided otherwise", (format) => {
    const own = cases.filter((one) => one.format === format);
    const failures = new Map(
      own.flatMap((one) => {
        const why = mismatch(one, factsOf(parseCase(one, specOf(one)!)));
        return why ? [[one.id, why] as const] : [];
      }),
    );
    passed += own.length - failures.size;
    expect([...failures].filter(([id]) => !(id in decidedOtherwise))).toEqual([]);
    expect(own.filter(({ id }) => id in decidedOtherwise && !failures.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it("passes at least 96 percent of all", () => {
    process.stdout.write(`corpus: ${passed} of ${cases.length}\n`);
    expect(passed / cases.length).toBeGreaterThanOrEqual(0.96);
  });
});
