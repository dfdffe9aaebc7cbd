// The demo's task over ten seeds at temperature 0.2.
// usage: demo.ts [--model NAME] [--base-url URL] [--seeds N] [--json FILE] [--loud]
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { ATTEMPT_COLUMNS, type Attempt, attempt, type Job, solvedLine } from "./support/attempt.ts";
import { root } from "./support/halter.ts";
import { tableLines } from "./support/table.ts";
import { runProgram } from "./support/workplace.ts";

const { values } = parseArgs({
  options: {
    model: { type: "string", default: "qwen2.5-coder-1.5b" },
    "base-url": { type: "string" },
    seeds: { type: "string", default: "10" },
    json: { type: "string" },
    loud: { type: "boolean", default: false },
  },
});
const demo = path.join(root, "fixtures", "demo");
const instruction = (await readFile(path.join(demo, "task.md"), "utf8")).trim();
const server = values["base-url"] === undefined ? [] : ["--base-url", values["base-url"]];
const attempts: Attempt[] = [];

for (let seed = 1; seed <= Number(values.seeds); seed++) {
  const job: Job = {
    id: `seed ${seed}`,
    repo: path.join(demo, "repo"),
    instruction,
    maxSteps: 20,
    limitSeconds: 300,
    check: passesOriginalTests,
  };
  process.stderr.write(`${job.id} … `);
  const fixed = ["--model", values.model, ...server, "--allow", "npm test", "--temp", "0.2", "--seed", String(seed)];
  const result = await attempt(job, fixed, values.loud);
  process.stderr.write(`${result.solved ? "solved" : "not solved"}${result.error ? `: ${result.error}` : ""}\n`);
  attempts.push(result);
}

if (values.json) await writeFile(values.json, `${JSON.stringify({ model: values.model, attempts }, null, 2)}\n`);
for (const line of tableLines(ATTEMPT_COLUMNS, attempts)) console.log(line);
console.log(solvedLine(attempts));

/** The tests of the fixture decide, not what the agent left of them. */
async function passesOriginalTests(directory: string): Promise<boolean> {
  await rm(path.join(directory, "test"), { recursive: true, force: true });
  await cp(path.join(demo, "repo", "test"), path.join(directory, "test"), { recursive: true });
  return (await runProgram(process.execPath, ["--test"], { cwd: directory })).ok;
}
