import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Loopback, startLoopback } from "../support/loopback.ts";
import { createHalter, jsonLines } from "../support/surfaces.ts";

const halter = createHalter();
let server: Loopback;

beforeAll(async () => {
  server = await startLoopback({ answers: (_, number) => ({ text: `Answer ${number}.` }) });
  await halter.run(["run", "--base-url", server.baseUrl, "Count \u001b[2Jthe llamas."]);
  await halter.run(["run", "--base-url", server.baseUrl, "Count the bags."]);
});

afterAll(async () => {
  await server.close();
  halter.remove();
});

describe("halter threads", () => {
  it("lists them, the newest first, a line each", async () => {
    const { exitCode, stdout, stderr } = await halter.run(["threads"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(
      /^\d{8}-\d{6}-\w{4} {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}1 turn {2}done {2}\/.* {2}Count the bags\.$/,
    );
    expect(lines[1]).toMatch(/Count the llamas\.$/);
  });

  it("gives them as JSON", async () => {
    const threads = jsonLines((await halter.run(["threads", "--json"])).stdout);
    expect(threads).toMatchObject([
      { firstText: "Count the bags.", turns: 1, lastReason: "done" },
      { firstText: "Count \u001b[2Jthe llamas.", turns: 1, lastReason: "done" },
    ]);
  });

  it("says on stderr that there are none", async () => {
    const empty = createHalter();
    const said = await empty.run(["threads"]);
    empty.remove();
    expect(said).toEqual({ exitCode: 0, stdout: "", stderr: 'no threads yet\nhint: halter run "what to do"\n' });
  });
});

describe("output", () => {
  it("that nobody reads to its end is no failure", async () => {
    const said = await halter.run(["threads"], { onStart: (child) => void child.stdout!.destroy() });
    expect(said).toMatchObject({ exitCode: 0, stderr: "" });
  });
});

describe("halter resume", () => {
  it("goes on with the newest, or with the one whose id begins so", async () => {
    const threads = jsonLines((await halter.run(["threads", "--json"])).stdout);
    const last = await halter.run(["resume", "--last", "--base-url", server.baseUrl, "And now?"]);
    expect(last.exitCode).toBe(0);
    expect(server.generations().at(-1)!.body.prompt).toMatch(/Count the bags\.[\s\S]*And now\?/);
    await halter.run(["resume", String(threads[1]!.threadId).slice(0, -1), "--base-url", server.baseUrl, "And then?"]);
    expect(server.generations().at(-1)!.body.prompt).toMatch(/the llamas\.[\s\S]*And then\?/);
  });

  it("asks no server for a thread that is not there", async () => {
    const before = server.requests.length;
    const said = await halter.run(["resume", "19990101", "--base-url", server.baseUrl, "Go on."]);
    expect(said).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("no thread 19990101") as unknown });
    expect(server.requests.length).toBe(before);
  });

  it("takes no beginning that several ids share", async () => {
    const said = await halter.run(["resume", "2", "--base-url", server.baseUrl, "Go on."]);
    expect(said).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/^error: 2 threads begin with 2: .*\nhint: `halter threads`/) as unknown,
    });
  });
});
