// What parsing costs: an answer that comes token by token, by its length and the number of tools, beside parsing the whole text
// again at each token, as servers do it that keep no state. That is quadratic: above the shortest length only some prefixes are
// parsed, evenly spread, and their cost is multiplied up.
// usage: parse.ts [--family ID] [--runs N] [--sample N]
import { parseArgs } from "node:util";
import { createParser, parserSpecs } from "../src/parsers/index.ts";
import type { ToolSpec } from "../src/types/index.ts";
import { median, tableLines } from "./support/table.ts";

const { values } = parseArgs({
  options: {
    family: { type: "string", default: "qwen3-coder-xml" },
    runs: { type: "string", default: "5" },
    sample: { type: "string", default: "20" },
  },
});
const spec = parserSpecs[values.family];
if (!spec) {
  console.error(`There is no family ${values.family}.`);
  console.error(`hint: one of ${Object.keys(parserSpecs).join(", ")}`);
  process.exit(2);
}
const sample = Number(values.sample);

/** Characters of a token, as English and code have it on average. */
const TOKEN = 4;

for (let run = 0; run < 5; run++) streamOnce(makeAnswer(40_000), makeTools(20));
const rows = [1_000, 10_000, 100_000].flatMap((tokens) =>
  [1, 20, 200].map((count) => {
    const tools = makeTools(count);
    const text = makeAnswer(tokens * TOKEN);
    const runs = Number(values.runs);
    const ours = median(Array.from({ length: runs }, () => streamOnce(text, tools)));
    const again = reparse(text, tools, Math.min(tokens, sample));
    return { tokens, count, bytes: Buffer.byteLength(text), ours, again };
  }),
);

console.log(
  `${spec.id}, tokens of ${TOKEN} characters, CPU time, Node ${process.versions.node}, median of ${values.runs}`,
);
const lines = tableLines(
  [
    { title: "tokens", value: (row) => row.tokens },
    { title: "tools", value: (row) => row.count },
    { title: "MB/s", value: (row) => row.bytes / 1000 / row.ours },
    { title: "µs a token", value: (row) => (row.ours / row.tokens) * 1000 },
    { title: "parsing all again, µs a token", value: (row) => (row.again / row.tokens) * 1000 },
    { title: "times ours", value: (row) => `${Math.round(row.again / row.ours)}×` },
  ],
  rows,
);
for (const line of lines) console.log(line);
console.log(`parsing all again: ${sample} prefixes of each answer, multiplied up`);

/** CPU milliseconds for the answer in tokens, through one parser. */
function streamOnce(text: string, tools: readonly ToolSpec[]): number {
  return milliseconds(() => {
    const parser = newParser(tools);
    for (let at = 0; at < text.length; at += TOKEN) parser.push(text.slice(at, at + TOKEN));
    parser.end();
  });
}

/** CPU milliseconds for parsing the text up to each token from its start, reckoned from `prefixes` of them. */
function reparse(text: string, tools: readonly ToolSpec[], prefixes: number): number {
  const spent = milliseconds(() => {
    for (let index = 1; index <= prefixes; index++) {
      const parser = newParser(tools);
      parser.push(text.slice(0, Math.round((text.length * index) / prefixes)));
      parser.end();
    }
  });
  return (spent / prefixes) * (text.length / TOKEN);
}

function newParser(tools: readonly ToolSpec[]) {
  return createParser(spec!, { tools, thinkingOpen: false, newId: () => "c" });
}

/** Milliseconds of CPU time, which a busy machine does not stretch. */
function milliseconds(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Reasoning, text and a call that writes a file, again and again. */
function makeAnswer(length: number): string {
  const code = 'if (a < b && c["d"] > 1) {\n  return `<p>` + x + `</p>`;\n}\n';
  const call = `<tool_call>\n<function=tool_0>\n<parameter=path>\nsrc/a.ts\n</parameter>\n<parameter=content>\n${code.repeat(20)}</parameter>\n</function>\n</tool_call>\n`;
  const part = `${"The test fails because the value is never set. ".repeat(8)}\n${call}`;
  return `<think>\n${"Let me see. ".repeat(20)}</think>\n${part.repeat(Math.ceil(length / part.length))}`.slice(
    0,
    length,
  );
}

function makeTools(count: number): ToolSpec[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `tool_${index}`,
    description: "",
    parameters: {
      type: "object",
      properties: { path: { type: "string" }, content: { type: "string" }, limit: { type: "integer" } },
      required: ["path"],
    },
  }));
}
