// Parses every case of a folder of JSON lines and compares with what is expected there; a line of the table is a family.
// A family without a parser of its own is read as the answer of an unknown model.
// comparable: whole cases without options. salvaged: malformed cases that give a call which can be run, or all of their text
// (support/corpus/judge.ts says it exactly); calls: those of them that give a call where their source has none.
// usage: corpus.ts [FOLDER] [--json FILE] [--unknown]
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { unknownSpec } from "../src/parsers/index.ts";
import { CORPORA } from "./support/corpora.ts";
import { type CorpusCase, corpusCases, corpusFiles } from "./support/corpus/cases.ts";
import { type CaseResult, judgeCase } from "./support/corpus/judge.ts";
import { specOf } from "./support/corpus/specs.ts";
import { tableLines } from "./support/table.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "string" },
    /** Every family is hidden from the parser. */
    unknown: { type: "boolean", default: false },
  },
});
const folder = positionals[0] ?? CORPORA.toolCalls;
if (corpusFiles(folder).length === 0) leave(`There are no .jsonl files in ${folder}.`);
const results = readCases().map((one) => judgeCase(one, (!values.unknown && specOf(one)) || unknownSpec));
const families = [...Map.groupBy(results, (result) => result.family)].map(([family, cases]) => ({
  family,
  parser: [...new Set(cases.map(({ spec }) => spec))].join(", "),
  cases,
}));
const comparable = (cases: readonly CaseResult[]) => cases.filter(({ kind }) => kind === "comparable");
const passed = (cases: readonly CaseResult[]) => comparable(cases).filter(({ mismatch }) => mismatch === undefined);
const malformed = (cases: readonly CaseResult[]) => cases.filter(({ kind }) => kind === "malformed");

const lines = tableLines(
  [
    { title: "family", value: ({ family }) => family },
    { title: "parser", value: ({ parser }) => parser },
    { title: "cases", value: ({ cases }) => cases.length },
    { title: "comparable", value: ({ cases }) => comparable(cases).length },
    { title: "pass", value: ({ cases }) => passed(cases).length },
    { title: "malformed", value: ({ cases }) => malformed(cases).length },
    { title: "salvaged", value: ({ cases }) => malformed(cases).filter(({ salvaged }) => salvaged).length },
    {
      title: "calls",
      value: ({ cases }) =>
        malformed(cases).filter(({ salvaged, sourceGivesUp }) => salvaged === "call" && sourceGivesUp).length,
    },
  ],
  [...families, { family: "all", parser: "", cases: results }],
);
for (const line of lines) console.log(line);
if (values.json) writeFileSync(values.json, results.map((result) => `${JSON.stringify(result)}\n`).join(""));
console.log(`${passed(results).length} of ${comparable(results).length} pass`);

function readCases(): CorpusCase[] {
  try {
    return corpusCases(folder);
  } catch (error) {
    return leave(`${(error as Error).message}.`);
  }
}

function leave(why: string): never {
  console.error(why);
  console.error("hint: npm run corpus -- FOLDER, with a folder of cases; HALTER_SHARED says where the usual one lies");
  process.exit(2);
}
