// Learns a parser from every chat template of the corpus and tries it twice: on messages with calls that the template itself renders
// (a template counts where every one of them comes back with its names and arguments), and on the comparable cases of tool calls in the
// format that the template teaches. Templates that show no calls are not counted.
// usage: learn.ts [FOLDER of templates] [--json FILE] [--failures]
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { CORPUS_FOLDER, corpusCases, isComparable } from "./support/corpus/cases.ts";
import { judgeCase } from "./support/corpus/judge.ts";
import { specOf } from "./support/corpus/specs.ts";
import { TEMPLATE_OF } from "./support/learn/pairs.ts";
import { learnAll, TEMPLATES } from "./support/learn/templates.ts";
import { tableLines } from "./support/table.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "string" }, failures: { type: "boolean", default: false } },
});
const folder = positionals[0] ?? TEMPLATES;
const learned = (await learnAll(folder)).filter(({ reason }) => reason !== "the template shows no calls");
if (learned.length === 0) {
  console.error(`There are no templates with calls in ${folder}.`);
  process.exit(1);
}
const passes = ({ spec, trips }: (typeof learned)[number]) => spec !== undefined && trips.every(({ passed }) => passed);

const cases = corpusCases(CORPUS_FOLDER).filter(isComparable);
const families = [...Map.groupBy(cases, ({ family, format }) => `${family} ${format}`)].flatMap(([key, some]) => {
  const template = TEMPLATE_OF[key];
  const spec = learned.find(({ name }) => name === template)?.spec;
  if (template === undefined) return [];
  const results = some.map((one) => ({
    one,
    learned: spec && judgeCase(one, spec),
    written: judgeCase(one, specOf(one)!),
  }));
  return [{ key, template, results }];
});
const right = (result: ReturnType<typeof judgeCase> | undefined) =>
  result !== undefined && result.mismatch === undefined;

console.log(
  tableLines(
    [
      { title: "family, format", value: ({ key }) => key },
      { title: "learned from", value: ({ template }) => template },
      { title: "cases", value: ({ results }) => results.length },
      { title: "learned", value: ({ results }) => results.filter((result) => right(result.learned)).length },
      { title: "by hand", value: ({ results }) => results.filter(({ written }) => right(written)).length },
      {
        title: "%",
        value: ({ results }) => (100 * results.filter((result) => right(result.learned)).length) / results.length,
      },
    ],
    families,
  ).join("\n"),
);
if (values.failures) {
  for (const { key, results } of families) {
    for (const { one, learned: result } of results) {
      if (!right(result))
        console.log(
          `${key}: ${one.id}: ${result?.mismatch ?? "nothing was learned"}\n    ${JSON.stringify(one.input)}`,
        );
    }
  }
}
for (const template of learned.filter((one) => !passes(one))) {
  const failed = template.trips.filter(({ passed }) => !passed);
  const words =
    template.reason ?? `${failed.length} of ${template.trips.length}: ${failed.map(({ shape }) => shape).join(", ")}`;
  console.log(`not all come back: ${template.name}: ${words}`);
}
const trips = learned.flatMap((one) => one.trips);
console.log(`messages: ${trips.filter(({ passed }) => passed).length} of ${trips.length} come back`);
console.log(`${learned.filter(passes).length} of ${learned.length} templates`);
if (values.json !== undefined) {
  writeFileSync(values.json, learned.map((one) => `${JSON.stringify(one)}\n`).join(""));
}
