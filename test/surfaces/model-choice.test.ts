import { mkdirSync, readFileSync, truncateSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { probe } from "../../src/backends/index.ts";
import { type Loopback, type LoopbackOptions, startLoopback } from "../support/loopback.ts";
import { createHalter, type Halter, jsonLines, ROOT, writeLlamaServer } from "../support/surfaces.ts";
import { writeTinyGguf } from "../support/tiny-gguf.ts";

/** A server on one of the usual ports would be asked for the model. */
const hasServer = await probe({ now: Date.now }).then(
  () => true,
  (error: { code?: string }) => error.code !== "server_unreachable",
);

const catalog = JSON.parse(readFileSync(path.join(ROOT, "models", "catalog.json"), "utf8")) as {
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
}[];
const names = catalog.map(({ name }) => name).join(", ");

let halter: Halter;
const servers: Loopback[] = [];

async function serve(options: LoopbackOptions = {}): Promise<string[]> {
  const server = await startLoopback({ answers: () => ({ text: "Yes." }), ...options });
  servers.push(server);
  return ["--base-url", server.baseUrl];
}

beforeEach(() => {
  halter = createHalter();
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  halter.remove();
});

describe.skipIf(hasServer)("a model that is nowhere, without a server", () => {
  it("is said to be unknown, with the names that are known", async () => {
    const said = await halter.run(["run", "--model", "qwen2.5-coder", "Well?"]);
    expect(said).toMatchObject({ exitCode: 1, stdout: "" });
    expect(said.stderr).toMatch(
      /^error: No model named qwen2\.5-coder in the catalogue, no GGUF file of that name, and /,
    );
    expect(said.stderr).toContain(`hint: Give a .gguf file, or one of: ${names}\n`);
  });

  it("may be a folder, or a file of another name, by mistake", async () => {
    mkdirSync(path.join(halter.workspace, "hay"));
    const said = await halter.run(["run", "--model", "./hay", "Well?"]);
    expect(said).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("./hay is a folder") as unknown });
    writeTinyGguf(path.join(halter.workspace, "bale"));
    const file = await halter.run(["run", "--model", "bale", "Well?"]);
    expect(file).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("bale does not end in .gguf") as unknown,
    });
  });

  it("is the same for the doctor", async () => {
    const said = await halter.run(["doctor", "--model", "nope", "--json"]);
    const failed = jsonLines(said.stdout).filter(({ status }) => status === "fail");
    expect(failed).toMatchObject([
      { link: "server", text: expect.stringContaining("No model named nope"), next: expect.stringContaining(names) },
    ]);
  });
});

describe("a model that the server does not have", () => {
  const NOTE = /^note: http:\S+ has no model nope; its own answers: hay-1b$/gm;

  it("is noted where the server answers with its only one", async () => {
    const flags = await serve({ model: "hay-1b" });
    const said = await halter.run(["run", "--model", "nope", ...flags, "Well?"]);
    expect(said).toMatchObject({ exitCode: 0, stdout: "Yes.\n" });
    expect(said.stderr.match(NOTE)).toHaveLength(1);
    expect((await halter.run(["doctor", "--model", "nope", ...flags])).stderr).toMatch(NOTE);
    const resumed = await halter.run(["resume", "--last", "And now?"]);
    expect(resumed).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining("note:") as unknown });
    expect((await halter.run(["resume", "--last", "--model", "nope", ...flags, "So?"])).stderr).toMatch(NOTE);
  });

  it.each(["hay-1b", "HAY-1b.gguf", "straw", "./models/hay-1b.gguf", "bale-q4"])(
    "is not noted where %s is a name of that one",
    async (model) => {
      const data = [{ id: "hay-1b", aliases: ["straw"] }];
      const props = {
        default_generation_settings: { n_ctx: 4096 },
        model_alias: "hay-1b",
        model_path: "/m/bale-q4.gguf",
      };
      const flags = await serve({ routes: { "/v1/models": { json: { data } }, "/props": { json: props } } });
      const said = await halter.run(["run", "--wire", "chat", "--model", model, ...flags, "Well?"]);
      expect(said).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining("note:") as unknown });
    },
  );

  it("ends the run where the server has several, and names them", async () => {
    const data = [{ id: "hay-1b" }, { id: "straw-1b" }];
    const flags = await serve({ kind: "openai", routes: { "/v1/models": { json: { object: "list", data } } } });
    const said = await halter.run(["run", "--model", "nope", ...flags, "Well?"]);
    expect(said).toMatchObject({ exitCode: 1, stdout: "" });
    expect(said.stderr).toMatch(/^error: http:\S+ has no model nope; it has: hay-1b, straw-1b\nhint: .*--model/);
  });
});

describe.skipIf(process.platform === "win32")("a model of the catalogue", () => {
  it("has an engine of its own", async () => {
    const llamaServer = writeLlamaServer(halter.folder);
    const { name, file, bytes } = catalog[0]!;
    const model = path.join(halter.folder, "cache", "models", file);
    mkdirSync(path.dirname(model), { recursive: true });
    writeTinyGguf(model);
    // A hole fills it up to the size it is known by.
    truncateSync(model, bytes);
    const said = await halter.run(["run", "--model", name, "Well?"], { env: { HALTER_LLAMA_SERVER: llamaServer } });
    expect(said).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^Answer 1 of \d+\.\n$/) as unknown });
    expect(said.stderr).not.toContain("note:");
    process.kill(Number(/ of (\d+)/.exec(said.stdout)![1]));
  });
});
