// What rendering a long history costs, beside the package's engine in the same run, and how the cost grows with the history.
// usage: render.ts [--messages N] [--characters N] [--runs N] [--template FILE]
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { Template } from "@huggingface/jinja";
import { compile } from "../src/templates/jinja/index.ts";
import { corpusTemplates } from "./support/corpora.ts";
import { agentHistory, HISTORY_TOOLS } from "./support/history.ts";
import { LOOPBACK_TEMPLATE } from "./support/loopback-template.ts";
import { median, tableLines } from "./support/table.ts";

const { values } = parseArgs({
  options: {
    messages: { type: "string", default: "200" },
    characters: { type: "string", default: "160000" },
    runs: { type: "string", default: "81" },
    template: { type: "string" },
  },
});
const messages = Number(values.messages);
const characters = Number(values.characters);
const CORPUS_TEMPLATES = ["Qwen3.5-4B", "Qwen3-Coder", "GLM-4.6", "openai-gpt-oss-120b"];
const now = new Date(2026, 0, 15);
const history = agentHistory(messages, characters);
const shared = { tools: HISTORY_TOOLS, add_generation_prompt: true, bos_token: "", eos_token: "" };

interface Engine {
  readonly compileMs: number;
  readonly render: (count: number) => string;
}

interface Row {
  readonly name: string;
  readonly own: readonly number[];
  readonly ofPackage: readonly number[];
  readonly compileMs: readonly [own: number, ofPackage: number];
  readonly growth: readonly { readonly count: number; readonly own: number; readonly ofPackage: number }[];
}

const rows = sources().flatMap(({ name, source }) => measure(name, source) ?? []);
console.log(`${messages} messages, ${characters} characters, CPU ms, warm, median of ${values.runs}`);
const ratio = (own: number, ofPackage: number) => `${(ofPackage / own).toFixed(1)}×`;
const columns = [
  { title: "template", value: (row: Row) => row.name },
  { title: "compile", value: (row: Row) => row.compileMs[0] },
  { title: "package", value: (row: Row) => row.compileMs[1] },
  { title: "render", value: (row: Row) => median(row.own) },
  { title: "package", value: (row: Row) => median(row.ofPackage) },
  { title: "faster", value: (row: Row) => ratio(median(row.own), median(row.ofPackage)) },
];
for (const line of tableLines(columns, rows)) console.log(line);
console.log("\none step along a growing history, CPU ms");
const steps = rows.flatMap((row) => row.growth.map((point) => ({ name: row.name, ...point })));
const growth = [
  { title: "template", value: (step: (typeof steps)[number]) => step.name },
  { title: "messages", value: (step: (typeof steps)[number]) => step.count },
  { title: "ours", value: (step: (typeof steps)[number]) => step.own },
  { title: "package", value: (step: (typeof steps)[number]) => step.ofPackage },
];
for (const line of tableLines(growth, steps)) console.log(line);

function sources(): { name: string; source: string }[] {
  const { template } = values;
  if (template) return [{ name: path.basename(template, ".jinja"), source: readFileSync(template, "utf8") }];
  const found = corpusTemplates()?.filter(({ name }) => CORPUS_TEMPLATES.includes(name));
  return found ?? [{ name: "loopback", source: LOOPBACK_TEMPLATE }];
}

/** Nothing where an engine refuses the template or the history. */
function measure(name: string, source: string): Row | undefined {
  try {
    const own = ownEngine(source);
    const ofPackage = packageEngine(source);
    // Reading a character makes one string of the pieces, which whoever sends it would pay for.
    const timed = (engine: Engine, count: number) => milliseconds(() => engine.render(count).charCodeAt(0));
    for (const engine of [own, ofPackage]) for (let run = 0; run < 15; run++) engine.render(messages);
    const runs = Array.from({ length: Number(values.runs) }, () => [timed(own, messages), timed(ofPackage, messages)]);
    const counts = [0.1, 0.25, 0.5, 0.75, 1].map((part) => Math.max(4, Math.round((messages * part) / 2) * 2));
    return {
      name,
      own: runs.map(([first]) => first!),
      ofPackage: runs.map(([, second]) => second!),
      compileMs: [own.compileMs, ofPackage.compileMs],
      growth: counts.map((count) => ({
        count,
        own: median(Array.from({ length: 5 }, () => timed(own, count))),
        ofPackage: median(Array.from({ length: 5 }, () => timed(ofPackage, count))),
      })),
    };
  } catch (error) {
    console.error(`${name}: ${String(error).split("\n")[0]}`);
    return undefined;
  }
}

/** The same messages at every length: a longer history begins with the shorter one. */
function variables(count: number) {
  return { ...shared, messages: history.slice(0, count) };
}

function ownEngine(source: string): Engine {
  let program = compile(source, { mode: "llama.cpp" });
  const compileMs = milliseconds(() => {
    program = compile(source, { mode: "llama.cpp" });
  });
  return { compileMs, render: (count) => program.render(variables(count), { now }).text };
}

function packageEngine(source: string): Engine {
  let template = new Template(source);
  const compileMs = milliseconds(() => {
    template = new Template(source);
  });
  return { compileMs, render: (count) => template.render(variables(count)) };
}

/** CPU time, which other work on the machine hardly changes. */
function milliseconds(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
