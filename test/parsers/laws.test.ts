import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { corpusCases, toolsOf } from "../../bench/support/corpus/cases.ts";
import { specOf } from "../../bench/support/corpus/specs.ts";
import { parserSpecs, unknownSpec } from "../../src/parsers/index.ts";
import type { ParserSpec } from "../../src/types/index.ts";
import { parserSpecSchema } from "../../src/types/parser-spec.ts";
import { describeCorpora } from "../support/corpora.ts";
import { draws, LONG } from "../support/draws.ts";
import { calls, chunked, coverageFault, hostileText, merged, type ParseOptions, parse } from "../support/parsers.ts";

const families: readonly ParserSpec[] = [...Object.values(parserSpecs), unknownSpec];

/** Runs of each law for each family: there are over forty of them. */
const RUNS = draws(200);

const settings = (spec: ParserSpec): fc.Arbitrary<ParseOptions> =>
  fc.record({ spec: fc.constant(spec), cut: fc.boolean(), thinkingOpen: fc.boolean() });

/** What a decoder gives out when it receives the text's bytes in pieces of these sizes. */
function decoded(text: string, sizes: readonly number[]): string[] {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const pieces: string[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const end = at + sizes[turn % sizes.length]!;
    pieces.push(decoder.decode(bytes.subarray(at, end), { stream: true }));
    at = end;
  }
  return [...pieces, decoder.decode()];
}

describe.each(families.map((spec) => ({ spec, id: spec.id })))("laws of $id", ({ spec, id }) => {
  const text = hostileText(spec);

  it("gives the same events however the text is cut, covers it exactly and takes nothing back", {
    timeout: LONG,
  }, () => {
    fc.assert(
      fc.property(chunked(text), settings(spec), (chunks, options) => {
        const events = parse(chunks, options);
        const whole = chunks.join("");
        expect(coverageFault(events, whole)).toBeUndefined();
        expect(merged(events)).toEqual(merged(parse([whole], options)));
      }),
      RUNS,
    );
  });

  it("gives the same events whatever bytes come together", { timeout: LONG }, () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(text, sizes, settings(spec), (raw, pieces, options) => {
        const whole = raw.toWellFormed();
        expect(merged(parse(decoded(whole, pieces), options))).toEqual(merged(parse([whole], options)));
      }),
      RUNS,
    );
  });

  it("is data", () => {
    expect(parserSpecSchema.parse(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
    if (spec !== unknownSpec) expect(parserSpecs[id]).toBe(spec);
  });
});

/** Families with markers around JSON, and those markers. */
const inMarkers = families.flatMap((spec) => {
  const marked = spec.calls.filter(({ open, weak, syntaxes }) => open !== "" && !weak && syntaxes[0] === "json");
  return marked.length > 0 ? [{ spec, id: spec.id, marked }] : [];
});

it.each(inMarkers)("$id keeps hostile content of a call in its markers", { timeout: LONG }, ({ spec, marked }) => {
  fc.assert(
    fc.property(
      fc.constantFrom(...marked),
      hostileText(spec),
      fc.boolean(),
      ({ open, close = "" }, content, pretty) => {
        const call = { name: "write", arguments: { path: "a", content: content.toWellFormed() } };
        const events = parse([`${open}\n${JSON.stringify(call, null, pretty ? 2 : 0)}\n${close}`], { spec });
        expect(calls(events)).toMatchObject([{ call: { name: "write" }, notation: "native", repairs: [] }]);
        expect(JSON.parse(calls(events)[0]!.call.arguments)).toEqual(call.arguments);
      },
    ),
    RUNS,
  );
});

describeCorpora("laws over the corpus", () => {
  it("hold for every case, in its own family and with it hidden, character by character", { timeout: LONG }, () => {
    for (const one of corpusCases()) {
      for (const spec of new Set([specOf(one) ?? unknownSpec, unknownSpec])) {
        const options = { spec, thinkingOpen: one.thinking_open, tools: toolsOf(one) };
        const events = parse([one.input], options);
        const fault = coverageFault(events, one.input);
        if (fault) expect.fail(`${one.id} as ${spec.id}: ${fault}`);
        expect(merged(parse([...one.input], options)), `${one.id} as ${spec.id}`).toEqual(merged(events));
      }
    }
  });
});
