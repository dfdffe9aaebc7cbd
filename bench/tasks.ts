// Tasks with a hidden check, solved by a real model.
// usage: tasks.ts [FOLDER] [--wire auto|raw|chat|both] [--model NAME] [--base-url URL] [--only ID]… [--json FILE] [--loud]
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { ATTEMPT_COLUMNS, type Attempt, attempt, solvedLine } from "./support/attempt.ts";
import { root } from "./support/halter.ts";
import { loadSuite } from "./support/suite.ts";
import { tableLines } from "./support/table.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    wire: { type: "string", default: "auto" },
    model: { type: "string", default: "qwen2.5-coder-1.5b" },
    "base-url": { type: "string" },
    only: { type: "string", multiple: true },
    json: { type: "string" },
    loud: { type: "boolean", default: false },
  },
});
const folder = path.resolve(positionals[0] ?? path.join(root, "fixtures", "suites", "small-tasks"));
const jobs = (await loadSuite(folder)).filter((job) => values.only?.includes(job.id) ?? true);
const server = values["base-url"] === undefined ? [] : ["--base-url", values["base-url"]];
const report: { wire: string; attempts: Attempt[] }[] = [];

for (const wire of values.wire === "both" ? ["raw", "chat"] : [values.wire]) {
  const attempts: Attempt[] = [];
  for (const job of jobs) {
    process.stderr.write(`${job.id} (${attempts.length + 1} of ${jobs.length}, wire ${wire}) … `);
    const fixed = ["--model", values.model, ...server, "--wire", wire, "--temp", "0", "--seed", "1"];
    const result = await attempt(job, fixed, values.loud);
    process.stderr.write(`${result.solved ? "solved" : "not solved"}${result.error ? `: ${result.error}` : ""}\n`);
    attempts.push(result);
  }
  report.push({ wire, attempts });
}

if (values.json)
  await writeFile(values.json, `${JSON.stringify({ model: values.model, folder, runs: report }, null, 2)}\n`);
for (const { wire, attempts } of report) {
  console.log(`${path.basename(folder)}, ${values.model}, wire ${wire}`);
  for (const line of tableLines(ATTEMPT_COLUMNS, attempts)) console.log(line);
  console.log(solvedLine(attempts));
}
