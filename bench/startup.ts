// From the start of the process to its first request, and the most memory it holds, beside a Node that does nothing.
// usage: startup.ts [--runs N]
import path from "node:path";
import { parseArgs } from "node:util";
import { halterEnvironment, halterProgram } from "./support/halter.ts";
import { hay, startLoopback } from "./support/loopback.ts";
import { type Cost, measureNode } from "./support/measure.ts";
import { median, tableLines } from "./support/table.ts";
import { removeFolder, temporaryFolder } from "./support/workplace.ts";

const { values } = parseArgs({ options: { runs: { type: "string", default: "7" } } });
const program = halterProgram(true);
const place = await temporaryFolder();
const server = await startLoopback({ answer: () => hay(20), everyMs: 0 });
const empty: Cost[] = [];
const halter: (Cost & { firstMs: number; modelMs: number })[] = [];

try {
  await measureHalter();
  for (let run = 0; run < Number(values.runs); run++) {
    empty.push(await measureNode(["-e", "0"], place));
    halter.push(await measureHalter());
  }
} finally {
  await server.close();
  await removeFolder(place);
}

const rows = [
  row("node -e 0, to its end", (cost) => cost.wallMs, empty),
  row("halter run, to the first request", (cost) => cost.firstMs, halter),
  row("halter run, to the model's request", (cost) => cost.modelMs, halter),
  row("halter run, to its end", (cost) => cost.wallMs, halter),
];
const node = rows[0]!;
console.log(`${program.name}, Node ${process.versions.node}, median of ${values.runs}`);
const lines = tableLines(
  [
    { title: "", value: (line) => line.name },
    { title: "ms", value: (line) => Math.round(line.ms) },
    { title: "of node -e 0", value: (line) => `${(line.ms / node.ms).toFixed(1)}×` },
    { title: "peak MB", value: (line) => Math.round(line.mb) },
  ],
  rows,
);
for (const line of lines) console.log(line);

function row<C extends Cost>(name: string, pick: (cost: C) => number, costs: readonly C[]) {
  return { name, ms: median(costs.map(pick)), mb: median(costs.map((cost) => cost.peakMb)) };
}

async function measureHalter() {
  server.requests.length = 0;
  const stateDir = path.join(place, "state");
  const args = [program.file, "run", "-C", place, "--base-url", server.baseUrl, "--max-steps", "2", "Say hay."];
  const cost = await measureNode(args, place, halterEnvironment(stateDir));
  const first = server.requests[0];
  const model = server.requests.find((request) => /completion/.test(request.path));
  if (!first || !model) throw new Error(`halter run made no request:\n${cost.stderr}`);
  return { ...cost, firstMs: first.at - cost.startedAt, modelMs: model.at - cost.startedAt };
}
