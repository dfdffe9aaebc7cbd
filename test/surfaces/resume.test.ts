import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Loopback, type LoopbackOptions, startLoopback } from "../support/loopback.ts";
import { createHalter, type Halter, jsonLines, writeLlamaServer } from "../support/surfaces.ts";
import { writeTinyGguf } from "../support/tiny-gguf.ts";

let halter: Halter;
const servers: Loopback[] = [];

async function serve(options: LoopbackOptions = {}): Promise<Loopback> {
  const server = await startLoopback({ answers: (_, number) => ({ text: `Answer ${number}.` }), ...options });
  servers.push(server);
  return server;
}

beforeEach(() => {
  halter = createHalter();
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  halter.remove();
});

describe("a thread that is gone on with bare", () => {
  it("has the server it was begun with, before the environment's", async () => {
    const first = await serve();
    const other = await serve();
    await halter.run(["run", "--base-url", first.baseUrl, "Well?"]);
    const env = { HALTER_BASE_URL: other.baseUrl };
    expect(await halter.run(["resume", "--last", "And now?"], { env })).toMatchObject({
      exitCode: 0,
      stdout: "Answer 2.\n",
      stderr: expect.not.stringContaining("note:") as unknown,
    });
    const moved = await halter.run(["resume", "--last", "--base-url", other.baseUrl, "And then?"]);
    expect(moved).toMatchObject({ exitCode: 0, stdout: "Answer 1.\n" });
  });

  it("has the model it was begun with, of a server with several", async () => {
    const data = [{ id: "hay-1b" }, { id: "straw-1b" }];
    const server = await serve({ kind: "openai", routes: { "/v1/models": { json: { object: "list", data } } } });
    await halter.run(["run", "--base-url", server.baseUrl, "--model", "straw-1b", "Well?"]);
    await halter.run(["resume", "--last", "And now?"]);
    await halter.run(["resume", "--last", "--model", "hay-1b", "And then?"]);
    const models = server.generations().map(({ body }) => body.model);
    expect(models).toEqual(["straw-1b", "straw-1b", "hay-1b"]);
  });

  it("is told when the server has another model now", async () => {
    const server = await serve({ model: "hay-1b" });
    await halter.run(["run", "--base-url", server.baseUrl, "Well?"]);
    await server.close();
    await serve({ model: "straw-1b", port: server.port });
    const said = await halter.run(["resume", "--last", "And now?"]);
    expect(said.exitCode).toBe(0);
    expect(said.stderr).toMatch(/^note: this thread was begun with hay-1b; straw-1b goes on with it$/m);
  });

  it("thinks as it was told at first", async () => {
    const server = await serve();
    const budgets = () => server.generations().map(({ body }) => body.reasoning_budget_tokens);
    await halter.run(["run", "--base-url", server.baseUrl, "--thinking", "70", "Well?"]);
    await halter.run(["resume", "--last", "And now?"]);
    await halter.run(["resume", "--last", "--thinking", "80", "And then?"]);
    expect(budgets()).toEqual([70, 70, 80]);
  });
});

describe("the newest thread", () => {
  const texts = (server: Loopback) => server.generations().map(({ body }) => String(body.prompt));

  it("is that of the folder, however it is named", async () => {
    const server = await serve();
    const flags = ["--base-url", server.baseUrl];
    const other = path.join(halter.folder, "other");
    mkdirSync(other);
    symlinkSync(halter.workspace, path.join(halter.folder, "link"));
    await halter.run(["run", ...flags, "Count the llamas."]);
    await halter.run(["run", ...flags, "Count the bags."], { cwd: other });
    const last = () => texts(server).at(-1);
    await halter.run(["resume", "--last", ...flags, "And now?"]);
    expect(last()).toMatch(/Count the llamas\.[\s\S]*And now\?/);
    await halter.run(["resume", "--last", "-C", "../link", ...flags, "And then?"], { cwd: other });
    expect(last()).toMatch(/Count the llamas\.[\s\S]*And then\?/);
    await halter.run(["resume", "--last", ...flags, "So?"], { cwd: other });
    expect(last()).toMatch(/Count the bags\.[\s\S]*So\?/);
  });

  it("of another folder is named where this one has none", async () => {
    const server = await serve();
    await halter.run(["run", "--base-url", server.baseUrl, "Well?"]);
    const [thread] = jsonLines((await halter.run(["threads", "--json"])).stdout);
    const said = await halter.run(["resume", "--last", "And now?"], { cwd: halter.folder });
    expect(said).toMatchObject({ exitCode: 2, stdout: "" });
    const { threadId, workspace } = thread!;
    expect(said.stderr).toBe(
      `error: there is no thread in ${path.dirname(String(workspace))} yet\n` +
        `hint: the newest is ${threadId} in ${workspace}: halter resume ${threadId}\n`,
    );
    expect(server.generations()).toHaveLength(1);
  });

  it("is no replay", async () => {
    const server = await serve();
    await halter.run(["run", "--base-url", server.baseUrl, "Well?"]);
    const threads = path.join(halter.folder, "state", "threads");
    const [thread] = jsonLines((await halter.run(["threads", "--json"])).stdout);
    const [header] = jsonLines(readFileSync(path.join(threads, String(thread!.threadId), "journal.jsonl"), "utf8"));
    const { baseUrl: _, ...recorded } = header!;
    mkdirSync(path.join(threads, "99990101-000000-aaaa"));
    writeFileSync(
      path.join(threads, "99990101-000000-aaaa", "journal.jsonl"),
      `${JSON.stringify({ ...recorded, threadId: "99990101-000000-aaaa" })}\n`,
    );
    expect(await halter.run(["resume", "--last", "And now?"])).toMatchObject({ exitCode: 0, stdout: "Answer 2.\n" });
  });

  it("alone is found by a folder", async () => {
    const said = await halter.run(["resume", "-C", ".", "20261121", "And now?"]);
    expect(said).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("-C goes with --last") as unknown });
  });
});

describe.skipIf(process.platform === "win32")("a thread on a model that halter started", () => {
  it("starts it again, from whatever folder", async () => {
    const llamaServer = writeLlamaServer(halter.folder);
    writeTinyGguf(path.join(halter.workspace, "hay.GGUF"), {});
    const env = { HALTER_LLAMA_SERVER: llamaServer };

    const first = await halter.run(["run", "--model", "hay.GGUF", "Well?"], { env });
    expect(first).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^Answer 1 of \d+\.\n$/) as unknown });
    const [, pid] = / of (\d+)/.exec(first.stdout)!;
    const [thread] = jsonLines((await halter.run(["threads", "--json"])).stdout);
    const journal = path.join(halter.folder, "state", "threads", String(thread!.threadId), "journal.jsonl");
    const [header] = jsonLines(readFileSync(journal, "utf8"));
    expect(header).toMatchObject({ model: "hay", startedModel: path.join(halter.workspace, "hay.GGUF") });
    expect(header).not.toHaveProperty("baseUrl");

    const second = await halter.run(["resume", String(thread!.threadId), "And now?"], { env, cwd: halter.folder });
    process.kill(Number(pid));
    expect(second).toMatchObject({ exitCode: 0, stdout: `Answer 2 of ${pid}.\n` });
  });
});
