import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { EngineMode, RenderValue } from "../../src/templates/index.ts";
import { compile, loadPackageEngine } from "../../src/templates/index.ts";
import { HalterError } from "../../src/types/index.ts";
import { type Expected, type GoldenCase, readGoldenFile } from "./golden-file.ts";

/** Which engine renders: ours, or `@huggingface/jinja` as it comes. */
export type GoldenEngine = "own" | "hf";

/** What came of one case. */
export interface GoldenResult {
  readonly template: string;
  readonly case: string;
  readonly equal: boolean;
  readonly expected: { readonly output?: string; readonly error?: true | string };
  readonly got: { readonly output?: string; readonly error?: string };
}

type Render = (variables: GoldenCase["variables"]) => string;

/** The build of llama.cpp whose results golden files hold. */
const GOLDEN_BUILD = 10587;

/** The clock that golden files are made with: 2026-01-15 00:00:00. */
const CLOCK = new Date(2026, 0, 15);

/**
 * Renders every case of every golden file in `folder`; `x.json` belongs to `x.jinja` in `templates`. A template that is absent or cannot
 * be compiled fails all its cases. Throws where the folder cannot be read.
 */
export async function runGoldens(settings: {
  readonly folder: string;
  readonly templates: string;
  readonly mode: EngineMode;
  readonly engine: GoldenEngine;
}): Promise<readonly GoldenResult[]> {
  const files = readdirSync(settings.folder).filter((file) => file.endsWith(".json"));
  const results: GoldenResult[] = [];
  for (const file of files.sort()) {
    const template = file.replace(/\.json$/, ".jinja");
    const render = await rendererOf(path.join(settings.templates, template), settings);
    for (const golden of readGoldenFile(path.join(settings.folder, file))) {
      const expected = settings.mode === "llama.cpp" ? golden.llamaCpp : golden.reference;
      results.push({ template, case: golden.case, ...judge(render, golden.variables, expected) });
    }
  }
  return results;
}

/** Renders a case, or throws its `HalterError`; a fault of the engine itself is not caught. */
async function rendererOf(file: string, { mode, engine }: { mode: EngineMode; engine: GoldenEngine }): Promise<Render> {
  if (!existsSync(file)) return () => fail(new HalterError("template_failed", `there is no ${file}`));
  const source = readFileSync(file, "utf8");
  try {
    if (engine === "hf") {
      const program = (await loadPackageEngine()).compile(source);
      return (variables) => program.run(variables, CLOCK);
    }
    const program = compile(source, { mode, build: GOLDEN_BUILD });
    return (variables) => program.render(variables, { now: CLOCK }).text;
  } catch (error) {
    return () => fail(error);
  }
}

function fail(error: unknown): never {
  throw error;
}

function judge(render: Render, variables: Readonly<Record<string, RenderValue>>, expected: Expected) {
  const wanted = expected.error ? { error: expected.error.raised ?? (true as const) } : { output: expected.output };
  try {
    const output = render(variables);
    return { equal: output === expected.output, expected: wanted, got: { output } };
  } catch (error) {
    if (!(error instanceof HalterError)) throw error;
    const { raised } = expected.error ?? {};
    const equal = expected.error !== undefined && (raised === undefined || refusesWith(error, raised));
    return { equal, expected: wanted, got: { error: error.message } };
  }
}

/** True if the template itself refused, in these words. */
function refusesWith(error: HalterError, words: string): boolean {
  return error.data.raised === true && error.message.includes(words);
}
