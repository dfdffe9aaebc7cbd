// The demo's task over ten seeds at temperature 0.2.
// usage: demo.ts [--model NAME] [--base-url URL] [--seeds N] [--json FILE] [--loud]
import { cp, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { printAttempts, runJobs } from "./support/attempts.ts";
import { root } from "./support/halter.ts";
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
const jobs = Array.from({ length: Number(values.seeds) }, (_, index) => ({
  id: `seed ${index + 1}`,
  repo: path.join(demo, "repo"),
  instruction,
  maxSteps: 20,
  limitSeconds: 300,
  args: ["--allow", "npm test", "--temp", "0.2", "--seed", String(index + 1)],
  check: passesOriginalTests,
}));
await printAttempts(await runJobs([{ title: `demo, ${values.model}, temperature 0.2`, jobs }], values), values.json);

/** The tests of the fixture decide, not what the agent left of them. */
async function passesOriginalTests(directory: string): Promise<boolean> {
  await rm(path.join(directory, "test"), { recursive: true, force: true });
  await cp(path.join(demo, "repo", "test"), path.join(directory, "test"), { recursive: true });
  return (await runProgram(process.execPath, ["--test"], { cwd: directory })).ok;
}
