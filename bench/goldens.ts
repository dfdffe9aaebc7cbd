// Renders every case of a folder of goldens and compares byte by byte: how faithful the engine is. Exits 2 where there is nothing to read.
// usage: goldens.ts [FOLDER] [--mode transformers|llama.cpp] [--engine own|hf] [--templates DIR] [--json FILE]
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { CORPORA } from "./support/corpora.ts";
import { type GoldenResult, runGoldens } from "./support/golden-run.ts";
import { tableLines } from "./support/table.ts";

const MODES = ["transformers", "llama.cpp"] as const;
const ENGINES = ["own", "hf"] as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    mode: { type: "string", default: "transformers" },
    engine: { type: "string", default: "own" },
    templates: { type: "string" },
    json: { type: "string" },
  },
});
const folder = path.resolve(positionals[0] ?? CORPORA.goldens);
const templates = path.resolve(values.templates ?? CORPORA.templates);
const mode = MODES.find((name) => name === values.mode) ?? usage(`--mode is one of ${MODES.join(", ")}`);
const engine = ENGINES.find((name) => name === values.engine) ?? usage(`--engine is one of ${ENGINES.join(", ")}`);
for (const place of [folder, templates]) if (!existsSync(place)) usage(`there is no folder ${place}`);

const results = await runGoldens({ folder, templates, mode, engine });
if (results.length === 0) usage(`there is no golden file in ${folder}`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 1)}\n`);
for (const line of tableLines(columns(), rowsOf(results))) console.log(line);
console.log(`${results.filter(({ equal }) => equal).length} of ${results.length} equal`);

interface Row {
  readonly template: string;
  readonly equal: number;
  readonly cases: number;
  readonly unequal: readonly string[];
}

function rowsOf(all: readonly GoldenResult[]): Row[] {
  return [...new Set(all.map(({ template }) => template))].map((template) => {
    const cases = all.filter((result) => result.template === template);
    const unequal = cases.filter(({ equal }) => !equal).map((result) => result.case);
    return { template, equal: cases.length - unequal.length, cases: cases.length, unequal };
  });
}

function columns() {
  return [
    { title: "template", value: (row: Row) => row.template },
    { title: "equal", value: (row: Row) => row.equal },
    { title: "cases", value: (row: Row) => row.cases },
    { title: "not equal", value: (row: Row) => row.unequal.join(" ") },
  ];
}

function usage(problem: string): never {
  console.error(`error: ${problem}`);
  console.error("hint: npm run goldens -- FOLDER [--mode transformers|llama.cpp] [--engine own|hf] [--templates DIR]");
  process.exit(2);
}
