// Renders many conversations here and with the embedded engine's /apply-template, for every template of the corpus that it loads.
// usage: apply.ts [TEXT ...] [--json FILE]: only templates whose name has one of the texts
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { applyCorpus, type TemplateComparison } from "../test/support/template-apply-corpus.ts";
import { templateEngineCommand } from "../test/support/template-engine.ts";
import { corpusTemplates } from "./support/corpora.ts";
import { tableLines } from "./support/table.ts";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: "string" } } });
const command = await templateEngineCommand();
if (typeof command === "string") stop(command);
const corpus = corpusTemplates() ?? stop("the corpora are absent");
const files = corpus.map(({ file }) => file);
const chosen = files.filter((file) => positionals.length === 0 || positionals.some((text) => file.includes(text)));

const results: TemplateComparison[] = [];
for await (const result of applyCorpus(command, chosen)) results.push(result);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 1)}\n`);

const columns = [
  { title: "template", value: ({ template }: TemplateComparison) => template },
  { title: "equal", value: ({ comparisons }: TemplateComparison) => comparisons?.filter(({ equal }) => equal).length },
  { title: "conversations", value: ({ comparisons }: TemplateComparison) => comparisons?.length },
  { title: "not equal", value: unequalNames },
];
for (const line of tableLines(columns, results)) console.log(line);
const all = results.flatMap(({ comparisons }) => comparisons ?? []);
const equal = all.filter((comparison) => comparison.equal).length;
console.log(`${equal} of ${all.length} equal`);
process.exitCode = equal === all.length ? 0 : 1;

function unequalNames({ comparisons }: TemplateComparison): string {
  if (!comparisons) return "(the engine does not load it)";
  return comparisons
    .filter((comparison) => !comparison.equal)
    .map(({ conversation }) => conversation)
    .join(", ");
}

function stop(reason: string): never {
  console.error(`error: ${reason}`);
  process.exit(2);
}
