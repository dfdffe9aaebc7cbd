import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { startLoopback } from "../support/loopback.ts";
import { createHalter, jsonLines, ROOT, runProgram } from "../support/surfaces.ts";

const halter = createHalter();
afterAll(() => halter.remove());

describe("halter models", () => {
  it("names what can be fetched, and whether it is here", async () => {
    const listed = await halter.run(["models"]);
    expect(listed).toMatchObject({ exitCode: 0, stderr: "" });
    expect(listed.stdout).toMatch(/^qwen2\.5-coder-1\.5b +1\.1 GB +not here +Qwen2\.5-Coder 1\.5B .*Apache-2\.0$/m);
    const models = jsonLines((await halter.run(["models", "ls", "--json"])).stdout);
    expect(models).toContainEqual(expect.objectContaining({ name: "qwen2.5-coder-0.5b", installed: false }));
  });

  it("says how much of an unfinished download is here", async () => {
    const models = jsonLines((await halter.run(["models", "ls", "--json"])).stdout);
    const { path: file, sha256 } = models.find(({ name }) => name === "qwen2.5-coder-0.5b") as Record<string, string>;
    mkdirSync(path.dirname(file!), { recursive: true });
    // Holes take no place on the disk; a quarter and a little of 491,400,064 bytes.
    writeFileSync(`${file}.${sha256!.slice(0, 8)}.partial`, "");
    truncateSync(`${file}.${sha256!.slice(0, 8)}.partial`, 130_000_000);
    const listed = await halter.run(["models", "ls"]);
    expect(listed.stdout).toMatch(/^qwen2\.5-coder-0\.5b +491\.4 MB +26 % here +Qwen/m);
    expect(listed.stdout).toMatch(/^qwen2\.5-coder-1\.5b +1\.1 GB +not here +Qwen/m);
    expect((await halter.run(["models", "rm", "qwen2.5-coder-0.5b"])).exitCode).toBe(0);
    expect((await halter.run(["models", "ls"])).stdout).not.toContain("% here");
  });
});

describe("halter doctor", () => {
  it("looks along the whole chain and gives each trouble a next action", async () => {
    const call = JSON.stringify({ name: "read", arguments: { path: "a.txt" } });
    const server = await startLoopback({
      answers: (_, number) => ({ text: number % 2 === 1 ? `<tool_call>\n${call}\n</tool_call>` : "It says hay." }),
    });
    const said = await halter.run(["doctor", "--json", "--base-url", server.baseUrl]);
    const plain = await halter.run(["doctor", "--base-url", server.baseUrl]);
    await server.close();
    const checks = jsonLines(said.stdout);
    expect(new Set(checks.map((check) => check.link))).toEqual(
      new Set(["server", "template", "prompt", "inference", "machine"]),
    );
    expect(checks.filter((check) => check.status === "fail")).toEqual([]);
    const troubles = checks.filter((check) => check.status !== "pass");
    const troubled = (link: string, next: string) => ({
      link,
      status: "warn",
      text: expect.any(String) as unknown,
      next,
    });
    expect(troubles).toContainEqual(troubled("template", "add a profile in models/"));
    expect(troubles).toContainEqual(troubled("inference", "look at the trace of a run"));
    expect(troubles).toContainEqual(troubled("machine", "halter models pull qwen2.5-coder-1.5b"));
    for (const check of troubles) expect(check.next).toMatch(/\S/);
    expect(plain.stdout).toContain("\n            next: add a profile in models/\n");
    expect(said.exitCode).toBe(0);
    expect(plain.stdout.match(/^[✓!✗] /gm)).toHaveLength(checks.length);
  });

  it("fails when the trial turn fails after its first call", async () => {
    const call = JSON.stringify({ name: "read", arguments: { path: "note.txt" } });
    const server = await startLoopback({ answers: [{ text: `<tool_call>\n${call}\n</tool_call>` }] });
    const said = await halter.run(["doctor", "--json", "--base-url", server.baseUrl]);
    await server.close();
    expect(said.exitCode).toBe(1);
    const inference = jsonLines(said.stdout).filter((check) => check.link === "inference");
    expect(inference).toContainEqual(
      expect.objectContaining({ status: "pass", text: expect.stringContaining("calls tools") as unknown }),
    );
    expect(inference).toContainEqual({
      link: "inference",
      status: "fail",
      text: expect.stringContaining("the trial turn did not end well: ") as unknown,
      next: expect.stringMatching(/\S/) as unknown,
    });
  });

  it("fails with 1 where no server is, and looks at the machine all the same", async () => {
    const server = await startLoopback();
    await server.close();
    const said = await halter.run(["doctor", "--json", "--base-url", server.baseUrl]);
    expect(said.exitCode).toBe(1);
    const checks = jsonLines(said.stdout);
    expect(checks[0]).toMatchObject({ link: "server", status: "fail", next: expect.stringMatching(/\S/) as unknown });
    expect(checks.some((check) => check.link === "machine")).toBe(true);
  });
});

describe("npm scripts", () => {
  it("hand flags and exit status on", async () => {
    const start = (...args: string[]) => runProgram(process.execPath, ["tools/run.mjs", ...args], { cwd: ROOT });
    expect(await start("src/bin.ts", "--version")).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as unknown,
    });
    expect(await start("src/bin.ts", "rnu")).toMatchObject({ exitCode: 2 });
    expect(await start("not-a-program")).toMatchObject({
      exitCode: 1,
      stderr: "error: not-a-program is not installed\nhint: npm ci\n",
    });
  });
});
