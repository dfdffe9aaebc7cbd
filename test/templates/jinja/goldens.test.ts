import { expect, it } from "vitest";
import type { CorpusTemplate } from "../../../bench/support/corpora.ts";
import { compile, DEFAULT_LIMITS, type JinjaProgram, type Limits } from "../../../src/templates/jinja/index.ts";
import { HalterError } from "../../../src/types/index.ts";
import { describeCorpora } from "../../support/corpora.ts";
import { CLOCK, MODES } from "../../support/jinja.ts";
import { type Golden, goldensOf } from "../../support/template-goldens.ts";

/** The build of llama.cpp whose results the corpus holds. */
const BUILD = 10587;

/** Of all cases, as the engines that made them. */
const TARGET = 0.995;

/** How far below the limits real templates must stay. */
const MARGIN = 10;

describeCorpora("goldens", (templates) => {
  it.each(MODES)("come out byte for byte in %s mode, within a tenth of the limits", { timeout: 300_000 }, (mode) => {
    const results = templates.flatMap((template) => {
      const program = loaded(template, mode);
      return goldensOf(template).map((golden) => ({
        name: `${template.name} ${golden.case}`,
        equal: made(program, golden) === (mode === "llama.cpp" ? golden.output : golden.reference),
      }));
    });
    const wrong = results.filter(({ equal }) => !equal).map(({ name }) => name);
    console.log(`goldens in ${mode} mode: ${results.length - wrong.length} of ${results.length} equal`);
    expect(results.length).toBeGreaterThan(4_000);
    expect(wrong.length / results.length, wrong.join("\n")).toBeLessThanOrEqual(1 - TARGET);
  });
});

function loaded({ name, source }: CorpusTemplate, mode: (typeof MODES)[number]): JinjaProgram | undefined {
  return attempt(() => compile(source, { mode, build: BUILD, name }));
}

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
