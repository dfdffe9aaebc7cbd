import { describe, expect, it } from "vitest";
import { compile, DEFAULT_LIMITS, type JinjaProgram, type Limits } from "../../../src/templates/jinja/index.ts";
import { HalterError } from "../../../src/types/index.ts";
import { CLOCK, MODES } from "../../support/jinja.ts";
import { corpusTemplates, corpusTemplateText, type Golden, goldensOf } from "../../support/template-goldens.ts";

/** The build of llama.cpp whose results the corpus holds. */
const BUILD = 10587;

/** Of all cases, as the engines that made them. */
const TARGET = 0.995;

/** How far below the limits real templates must stay. */
const MARGIN = 10;

describe.each(MODES)("goldens in %s mode", (mode) => {
  it("come out byte for byte, within a tenth of the limits", { timeout: 300_000 }, ({ skip }) => {
    const templates = corpusTemplates();
    if (!templates) return skip("the corpora are absent");
    const results = templates.flatMap(({ file }) => {
      const program = loaded(file);
      return goldensOf(file).map((golden) => ({
        name: `${file} ${golden.case}`,
        equal: made(program, golden) === (mode === "llama.cpp" ? golden.output : golden.reference),
      }));
    });
    const wrong = results.filter(({ equal }) => !equal).map(({ name }) => name);
    console.log(`goldens in ${mode} mode: ${results.length - wrong.length} of ${results.length} equal`);
    expect(results.length).toBeGreaterThan(4_000);
    expect(wrong.length / results.length, wrong.join("\n")).toBeLessThanOrEqual(1 - TARGET);
  });

  function loaded(file: string): JinjaProgram | undefined {
    return attempt(() => compile(corpusTemplateText(file), { mode, build: BUILD, name: file }));
  }
});

/** Calls inside each other follow how deep a tool's schema goes, so less is left of their limit. */
const DEPTH_MARGIN = 5;

const TENTH: Limits = {
  ...(Object.fromEntries(
    Object.entries(DEFAULT_LIMITS).map(([name, value]) => [name, Math.floor(value / MARGIN)]),
  ) as unknown as Limits),
  depth: Math.floor(DEFAULT_LIMITS.depth / DEPTH_MARGIN),
};

/** The output; undefined where the template cannot be read or fails. */
function made(program: JinjaProgram | undefined, { variables }: Golden): string | undefined {
  return attempt(() => program?.render(variables, { now: CLOCK, limits: TENTH }).text);
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof HalterError && error.code === "template_failed") return undefined;
    throw error;
  }
}
