// Learns a parser from every chat template of the corpus and tries it twice: on messages with calls that the template itself renders
// (a template counts where every one of them comes back with its names and arguments), and on the comparable cases of tool calls in the
// format that the template teaches. Templates that show no calls are not counted.
// Where the learned parser differs from a case: `both`: so does the one written by hand; `reasoning`: the template shows none;
// `calls`: they stand in other markers than the template's; `other`: the rest, markup that the template never shows above all.
// usage: learn.ts [FOLDER of templates] [--json FILE] [--failures]
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { CORPORA, corpusTemplates } from "./support/corpora.ts";
import { corpusCases } from "./support/corpus/cases.ts";
import { type FamilyRow, familyRows, type Reason } from "./support/learn/families.ts";
import { learnAll } from "./support/learn/templates.ts";
import { tableLines } from "./support/table.ts";

const REASONS: readonly Reason[] = ["both", "reasoning", "calls", "other"];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "string" }, failures: { type: "boolean", default: false } },
});
const folder = positionals[0] ?? CORPORA.templates;
const learned = (await learnAll(corpusTemplates(folder) ?? [])).filter(
  ({ reason }) => reason !== "the template shows no calls",
);
if (learned.length === 0) {
  console.error(`There are no templates with calls in ${folder}.`);
  process.exit(1);
}
const passes = ({ spec, trips }: (typeof learned)[number]) => spec !== undefined && trips.every(({ passed }) => passed);

const specs = new Map(learned.map(({ name, spec }) => [name, spec]));
const rows = familyRows(corpusCases(), specs);
const because = (reason: Reason) => ({
  title: `${reason}`,
  value: ({ cases }: FamilyRow) => cases.filter((one) => one.reason === reason).length,
});

console.log(
  tableLines<FamilyRow>(
    [
      { title: "family, format", value: ({ key }) => key },
      { title: "learned from", value: ({ template }) => template },
      { title: "cases", value: ({ cases }) => cases.length },
      { title: "learned", value: ({ cases }) => cases.filter(({ reason }) => reason === undefined).length },
      {
        title: "by hand",
        value: ({ cases }) => cases.filter(({ written }) => written.mismatch === undefined).length,
      },
      ...REASONS.map(because),
    ],
    rows,
  ).join("\n"),
);
if (values.failures) {
  for (const { key, cases } of rows) {
    for (const { one, learned: result, reason } of cases.filter((one) => one.reason !== undefined)) {
      const words = result?.mismatch ?? "nothing was learned";
      console.log(`${key}: ${one.id}: ${reason}: ${words}\n    ${JSON.stringify(one.input)}`);
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
