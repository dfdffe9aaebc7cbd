import { describe, expect, it } from "vitest";
import { comparableCases, factsOf, hasCorpus, mismatch, parseCase } from "../support/parsers-corpus.ts";

const CALL_ONLY = "only a call that can be read ends the reasoning; a marker that is talked about does not";
const NOT_CLOSED = "what streamed as reasoning is not taken back because its closer never came";

/** Cases in which we decide otherwise than their source, by format. Every other one has to pass. */
const DECIDED_OTHERWISE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "hermes-json": {
    "vllmmlx-hermes-005": NOT_CLOSED,
    "vllmmlx-hermes-017": NOT_CLOSED,
    "vllmmlx-hermes-008": "openers do not nest: talk about the tag would swallow the answer",
    "vllmmlx-hermes-030": "a tag of its own invention is text, not rewritten",
  },
  "qwen3-coder-xml": {
    "sglang-nemotron-004": "an option of its source; the same text has the other expectation too",
    "sglang-nemotron-006": CALL_ONLY,
    "ollama-qwen3-coder-043": "a string parameter stays text, the word null too",
    "ollama-qwen3-coder-054": "a value that is no boolean is not turned into false",
    "llamacpp-qwen3.5-015": "a repeated opener is markup, as most sources have it",
  },
  "glm-xml": {
    "mlxlm-glm-002": "name=value pairs are no notation of this family",
    "sglang-glm-052": CALL_ONLY,
    "sglang-glm-055": CALL_ONLY,
    "sglang-glm-057": CALL_ONLY,
  },
  harmony: {
    "llamacpp-gpt-oss-013": "a call to an undeclared tool is returned and flagged, not dropped",
    "sglang-gpt-oss-001": "an end token is markup also after text",
    "vllmmlx-gpt-oss-014": "its source stopped before the answer was complete",
  },
};

describe.skipIf(!hasCorpus)("tool-call corpus (needs shared/corpora)", () => {
  let all = 0;
  let passed = 0;

  it.each(Object.keys(DECIDED_OTHERWISE))("%s: every comparable case but those decided otherwise", (format) => {
    const cases = comparableCases(format);
    const failures = new Map(
      cases.flatMap((one) => {
        const why = mismatch(one, factsOf(parseCase(one)));
        return why ? [[one.id, why] as const] : [];
      }),
    );
    all += cases.length;
    passed += cases.length - failures.size;
    process.stdout.write(`corpus ${format}: ${cases.length - failures.size} of ${cases.length}\n`);
    expect(cases.length).toBeGreaterThan(20);
    expect([...failures].filter(([id]) => !(id in DECIDED_OTHERWISE[format]!))).toEqual([]);
  });

  it("passes at least 95 percent of all", () => {
    process.stdout.write(`corpus: ${passed} of ${all}\n`);
    expect(passed / all).toBeGreaterThanOrEqual(0.95);
  });
});
