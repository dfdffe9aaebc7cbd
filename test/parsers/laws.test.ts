import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parserSpecs } from "../../src/parsers/index.ts";
import { parserSpecSchema } from "../../src/types/parser-spec.ts";
import { chunked, hostileText, isDelta, merged, type ParseOptions, parse } from "../support/parsers.ts";
import { corpusCases, hasCorpus, toolsOf } from "../support/parsers-corpus.ts";

const settings = (family: string): fc.Arbitrary<ParseOptions> =>
  fc.record({ family: fc.constant(family), cut: fc.boolean(), thinkingOpen: fc.boolean() });

/** Walks the events and checks that they cover the text once, in order, and say what stands there. */
function checkCover(chunks: readonly string[], options: ParseOptions): void {
  const text = chunks.join("");
  let covered = 0;
  let candidate: number | undefined;
  for (const event of parse(chunks, options)) {
    const { start, end } = event.span;
    if ("text" in event) expect(event.text).toBe(text.slice(start, end));
    if (isDelta(event)) {
      expect(start).toBe(covered);
      if (event.type === "candidate") candidate ??= start;
      else expect(candidate).toBeUndefined();
      covered = end;
    } else {
      expect(start).toBe(candidate);
      expect(end).toBe(covered);
      candidate = undefined;
    }
  }
  expect(candidate).toBeUndefined();
  expect(covered).toBe(text.length);
}

describe.each(Object.keys(parserSpecs))("laws of %s", (family) => {
  const runs = { numRuns: 800 };
  const timeout = 120_000;

  it("gives the same events however the text is cut", { timeout }, () => {
    fc.assert(
      fc.property(chunked(hostileText), settings(family), (chunks, options) => {
        expect(merged(parse(chunks, options))).toEqual(merged(parse([chunks.join("")], options)));
      }),
      runs,
    );
  });

  it("covers the text exactly and takes nothing back", { timeout }, () => {
    fc.assert(
      fc.property(chunked(hostileText), settings(family), (chunks, options) => checkCover(chunks, options)),
      runs,
    );
  });

  it("is data", () => {
    const spec = parserSpecs[family]!;
    expect(parserSpecSchema.parse(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
    expect(spec.id).toBe(family);
  });
});

describe.skipIf(!hasCorpus)("laws over the corpus (needs shared/corpora)", () => {
  it("hold for every case of every format, in every family", () => {
    for (const one of corpusCases()) {
      for (const family of Object.keys(parserSpecs)) {
        const options = { family, thinkingOpen: one.thinking_open, tools: toolsOf(one) };
        const whole = merged(parse([one.input], options));
        expect(merged(parse([...one.input], options)), one.id).toEqual(whole);
        checkCover([one.input], options);
      }
    }
  }, 120_000);
});
