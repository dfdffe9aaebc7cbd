// usage: agent-child.ts BASE_URL WORKSPACE STATE_DIR   runs one turn without a sandbox; a line on stdout for each event
import { startThread } from "../../src/agent/index.ts";
import { discover } from "../../src/backends/index.ts";

const [baseUrl = "", workspace = "", stateDir = ""] = process.argv.slice(2);
const backend = await discover({ baseUrl, now: () => performance.now() });
const { thread } = await startThread({
  backend,
  workspace,
  stateDir,
  sandbox: "off",
  env: { PATH: process.env.PATH },
});
for await (const event of thread.run("Do the task.")) {
  const item = "item" in event ? event.item.type : "";
  process.stdout.write(`${event.type} ${"kind" in event ? event.kind : item} ${thread.id}\n`);
}
await thread.close();
