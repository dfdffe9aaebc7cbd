// Tasks with a hidden check, solved by a real model.
// usage: tasks.ts [FOLDER] [--wire auto|raw|chat|both] [--model NAME] [--base-url URL] [--only ID]… [--json FILE] [--loud]
import path from "node:path";
import { parseArgs } from "node:util";
import { printAttempts, runJobs } from "./support/attempts.ts";
import { root } from "./support/halter.ts";
import { loadSuite } from "./support/suite.ts";

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
const wires = values.wire === "both" ? ["raw", "chat"] : [values.wire];
const groups = wires.map((wire) => ({
  title: `${path.basename(folder)}, ${values.model}, wire ${wire}`,
  jobs: jobs.map((job) => ({ ...job, args: ["--wire", wire, "--temp", "0", "--seed", "1"] })),
}));
await printAttempts(await runJobs(groups, values), values.json);
