// How many tokens of the next user turn a real server has to read anew.
// usage: prefix.ts [--model NAME] [--base-url URL] [--wire auto|raw|chat]
import path from "node:path";
import { parseArgs } from "node:util";
import { copyWritable } from "../src/surfaces/cli/demo/copy.ts";
import { root, runHalter } from "./support/halter.ts";
import { turnsOf } from "./support/steps.ts";
import { tableLines } from "./support/table.ts";
import { removeFolder, snapshot, temporaryFolder } from "./support/workplace.ts";

const { values } = parseArgs({
  options: {
    model: { type: "string", default: "qwen2.5-coder-1.5b" },
    "base-url": { type: "string" },
    wire: { type: "string", default: "auto" },
  },
});
const LIMIT_SECONDS = 240;
const NEXT = "Thank you. Answer with the one word: done.";
const place = await temporaryFolder();

try {
  const directory = path.join(place, "work");
  const run = { stateDir: path.join(place, "state"), limitSeconds: LIMIT_SECONDS };
  await copyWritable(path.join(root, "fixtures", "demo", "repo"), directory);
  await snapshot(directory);
  const server = values["base-url"] === undefined ? [] : ["--base-url", values["base-url"]];
  const common = ["--json", "--model", values.model, ...server, "--temp", "0", "--seed", "1"];
  const bounds = ["--max-steps", "6", "--time", String(LIMIT_SECONDS)];
  const task = "Read src/walk.js and say in one sentence what it does.";
  const first = await runHalter(["run", "-C", directory, ...common, ...bounds, "--wire", values.wire, task], run);
  if (first.threadId === undefined) throw new Error(`halter run began no thread: ${first.stderr}`);
  const second = await runHalter(["resume", ...common, ...bounds, first.threadId, NEXT], run);

  const steps = (await turnsOf(run.stateDir, first.threadId)).flatMap((turn, index) =>
    turn.steps.map((usage, step) => ({ name: `turn ${index + 1}, step ${step + 1}`, usage })),
  );
  const next = steps.find((step) => step.name === "turn 2, step 1");
  if (!next) throw new Error(`the second turn made no model call: ${second.stderr}`);
  const lines = tableLines(
    [
      { title: "", value: (step) => step.name },
      { title: "prompt tokens", value: (step) => step.usage.inputTokens },
      { title: "cached", value: (step) => step.usage.cachedTokens },
      { title: "new", value: (step) => step.usage.inputTokens - step.usage.cachedTokens },
    ],
    steps,
  );
  for (const line of lines) console.log(line);
  console.log(`${next.usage.inputTokens - next.usage.cachedTokens} new tokens on the next user turn`);
} finally {
  await removeFolder(place);
}
