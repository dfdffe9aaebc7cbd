import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { startLoopback } from "../support/loopback.ts";
import { createHalter, ROOT } from "../support/surfaces.ts";

const halter = createHalter();
afterAll(() => halter.remove());

/** The demo leaves its repository behind for the person to look at. */
const env = { TMPDIR: halter.folder };
const REPO = path.join(ROOT, "fixtures", "demo", "repo");

describe("halter demo", () => {
  it("plays what was recorded and says so; the tools run", async () => {
    const said = await halter.run(["demo", "--replay"], { env });
    expect(said.exitCode).toBe(0);
    expect(said.stderr).toMatch(/^This is a replay: /m);
    expect(said.stderr).toMatch(/^The repository's tests pass now\.$/m);
    expect(said.stdout).toMatch(/^\+ {2}return .*40/m);
  });

  it("never speaks of a replay when a model answers", async () => {
    const broken = readFileSync(path.join(REPO, "src", "load.js"), "utf8");
    const content = broken.replace("kilograms < 40", "kilograms <= 40");
    const call = (name: string, input: unknown) => ({
      text: `<tool_call>\n${JSON.stringify({ name, arguments: input })}\n</tool_call>`,
    });
    const server = await startLoopback({
      answers: [
        call("read", { path: "src/load.js" }),
        call("write", { path: "src/load.js", content }),
        call("shell", { command: "npm test" }),
        { text: "It carries 40 kilograms now." },
      ],
    });
    const said = await halter.run(["demo", "--base-url", server.baseUrl], { env });
    await server.close();
    expect(said.exitCode).toBe(0);
    expect(said.stderr).toMatch(/^The repository's tests pass now\.$/m);
    expect(said.stdout).toMatch(/^\+ {2}return kilograms <= 40;$/m);
    expect(said.stdout + said.stderr).not.toMatch(/replay/i);
    expect(server.generations()[0]!.body).toMatchObject({ temperature: 0, seed: 1 });
  });
});
