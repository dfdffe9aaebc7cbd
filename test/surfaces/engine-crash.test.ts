import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHalter, type Halter, jsonLines, writeLlamaServer } from "../support/surfaces.ts";
import { writeTinyGguf } from "../support/tiny-gguf.ts";

let halter: Halter;
beforeAll(() => {
  halter = createHalter();
});
afterAll(() => halter.remove());

describe.skipIf(process.platform === "win32")("an engine that is killed during a turn", () => {
  it("ends the turn as a crash with its log, and is not asked again", async () => {
    const llamaServer = writeLlamaServer(halter.folder);
    writeTinyGguf(path.join(halter.workspace, "crash.gguf"), {});
    const env = { HALTER_LLAMA_SERVER: llamaServer };

    const said = await halter.run(["run", "--model", "crash.gguf", "Well?"], { env });
    expect(said).toMatchObject({ exitCode: 1, stdout: "" });
    expect(said.stderr).toMatch(
      /^error: The engine was ended by SIGKILL\n(.*\n)*? *request 1 begins\nhint: Read .*\.log/m,
    );
    const [thread] = jsonLines((await halter.run(["threads", "--json"])).stdout);
    const trace = path.join(halter.folder, "state", "threads", String(thread!.threadId), "trace.jsonl");
    const calls = jsonLines(readFileSync(trace, "utf8")).filter(({ type, call }) => type === "request" && call !== 0);
    expect(calls).toHaveLength(1);
  });
});
