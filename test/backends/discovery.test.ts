import { afterEach, describe, expect, it } from "vitest";
import { type ConnectOptions, discover, probe } from "../../src/backends/index.ts";
import { freePort } from "../../src/servers/supervisor/port.ts";
import { type Loopback, type LoopbackOptions, startLoopback } from "../support/loopback.ts";
import { recordedJson } from "../support/recordings.ts";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function serve(options: LoopbackOptions = {}): Promise<Loopback> {
  const server = await startLoopback(options);
  open.push(server);
  return server;
}

async function connect(options: Partial<ConnectOptions>) {
  const backend = await discover({ now: () => performance.now(), ...options });
  open.push(backend);
  return backend;
}

const recorded = (name: string) => ({ json: recordedJson(name) });

describe("discovery", () => {
  it("reads a llama-server's facts", async () => {
    const routes = { "/props": recorded("props-np2"), "/v1/models": recorded("v1-models") };
    const server = await serve({ routes });
    const { info } = await connect({ baseUrl: `${server.baseUrl}/v1/` });
    expect(info).toMatchObject({
      kind: "llama-server",
      baseUrl: server.baseUrl,
      model: "tiny",
      models: ["tiny-qwen3.gguf"],
      contextTokens: 1024,
      slots: 2,
      bosToken: "<|endoftext|>",
      eosToken: "<|im_end|>",
      build: "b10587-3f545becc",
      isRouter: false,
      wires: ["raw", "chat"],
    });
    expect(info.chatTemplate).toMatch(/^{%- if tools %}/);
    expect(info.caps.supports_tools).toBe(true);
    expect(info.defaults.top_k).toBe(40);
    expect(info.architecture).toBeUndefined();
  });

  it("takes the first local port that answers, in order", async () => {
    const [first, second] = [await serve({ model: "one" }), await serve({ model: "two" })];
    const refused = await freePort();
    const backend = await connect({ ports: [refused, second.port, first.port] });
    expect(backend.info).toMatchObject({ model: "two", baseUrl: `http://127.0.0.1:${second.port}` });
  });

  it("passes over what is no model server", async () => {
    const other = await serve({ routes: { "/props": null, "/v1/models": null } });
    const server = await serve();
    expect((await connect({ ports: [other.port, server.port] })).info.baseUrl).toBe(server.baseUrl);
    await expect(connect({ baseUrl: other.baseUrl })).rejects.toMatchObject({ code: "not_found" });
  });

  it.each([
    [401, {}],
    [401, { type: "about:blank", title: "Unauthorized" }],
    [403, { error: "forbidden" }],
    [503, "upstream not ready"],
  ])("passes over a web service that answers %d to everything", async (status, json) => {
    const other = await serve({ routes: { "/props": { status, json }, "/v1/models": { status, json } } });
    const server = await serve();
    expect((await connect({ ports: [other.port, server.port] })).info.baseUrl).toBe(server.baseUrl);
    await expect(probe({ baseUrl: other.baseUrl, now: () => 0 })).rejects.toMatchObject({
      code: status === 503 ? "server_loading" : "unauthorized",
    });
  });

  it.each([":::", "http://", "http://host:port", "ftp://127.0.0.1", "file:///tmp"])("refuses %s", async (baseUrl) => {
    await expect(connect({ baseUrl })).rejects.toMatchObject({
      code: "usage",
      message: expect.stringContaining(baseUrl),
      hint: expect.stringContaining("--base-url"),
    });
  });

  it.each([
    "http://me:s3cret@127.0.0.1:1",
    "me:s3cret@127.0.0.1",
    "http://me:s3cret@:::",
    "http://me:s/s3cret@127.0.0.1",
  ])("refuses a password in the address and does not repeat it", async (baseUrl) => {
    const error = await connect({ baseUrl }).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: "usage", hint: expect.stringContaining("--api-key") });
    expect(JSON.stringify([(error as Error).message, error])).not.toContain("s3cret");
  });

  it.each(["k\ney", "key\r\n", "key\0", "schlüssel–1"])(
    "refuses the key %j before anything is sent",
    async (apiKey) => {
      const server = await serve({ apiKey: "k" });
      const options = { apiKey, now: () => 0 };
      for (const asked of [
        connect({ ...options, baseUrl: server.baseUrl }),
        connect({ ...options, ports: [server.port] }),
        probe({ ...options, baseUrl: server.baseUrl }),
      ]) {
        const error = await asked.catch((cause: unknown) => cause);
        expect(error).toMatchObject({ code: "usage", hint: expect.stringContaining("HALTER_API_KEY") });
        expect(JSON.stringify([(error as Error).message, error])).not.toContain(JSON.stringify(apiKey).slice(1, -1));
      }
      expect(server.requests).toHaveLength(0);
    },
  );

  it("takes a key of any character that a header can carry", async () => {
    const apiKey = "~!k\tµÿ";
    const server = await serve({ apiKey });
    expect((await connect({ baseUrl: server.baseUrl, apiKey })).info.model).toBe("loopback");
  });

  it("names what it tried", async () => {
    const port = await freePort();
    await expect(connect({ ports: [port] })).rejects.toMatchObject({
      code: "server_unreachable",
      message: expect.stringContaining(String(port)),
      hint: expect.stringContaining("--base-url"),
    });
    await expect(connect({ baseUrl: `127.0.0.1:${port}` })).rejects.toMatchObject({
      code: "server_unreachable",
      message: expect.stringContaining(`http://127.0.0.1:${port}`),
    });
  });

  it("waits for a server that loads, and says so", async () => {
    const server = await serve({ loading: 4 });
    const heard: string[] = [];
    const backend = await connect({ ports: [server.port], onWaiting: (detail) => heard.push(detail) });
    expect(backend.info.model).toBe("loopback");
    expect(heard[0]).toMatch(/loads its model/);
  });

  it("gives up on one that loads for ever; a probe does not wait", async () => {
    const server = await serve({ loading: Number.POSITIVE_INFINITY });
    const options = { baseUrl: server.baseUrl, now: () => performance.now() };
    await expect(connect({ ...options, loadingSeconds: 0.3 })).rejects.toMatchObject({ code: "server_loading" });
    await expect(probe(options)).rejects.toMatchObject({ code: "server_loading" });
  });

  it("asks for the key", async () => {
    const server = await serve({ apiKey: "k" });
    await expect(connect({ ports: [server.port] })).rejects.toMatchObject({
      code: "unauthorized",
      hint: expect.stringContaining("--api-key"),
    });
    expect((await connect({ ports: [server.port], apiKey: "k" })).info.model).toBe("loopback");
  });

  it("is cancelled", async () => {
    const server = await serve({ loading: Number.POSITIVE_INFINITY });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 100);
    await expect(connect({ baseUrl: server.baseUrl, signal: abort.signal })).rejects.toMatchObject({
      code: "cancelled",
    });
  });
});

describe("a router", () => {
  const routes = { "/v1/models": recorded("router-models") };
  const answers = [{ text: "hi" }];

  it("wants a model's name and names them all", async () => {
    const server = await serve({ routes: { ...routes, "/props": recorded("router-props") } });
    await expect(connect({ baseUrl: server.baseUrl })).rejects.toMatchObject({
      code: "model_required",
      message: expect.stringMatching(/tiny-a.*tiny-qwen35/),
    });
    await expect(connect({ baseUrl: server.baseUrl, model: "nope" })).rejects.toMatchObject({
      code: "model_not_found",
      message: expect.stringContaining("tiny-a"),
    });
  });

  it("loads no model while ports are tried", async () => {
    const one = { data: [{ id: "only" }] };
    const router = await serve({ routes: { "/v1/models": { json: one }, "/props": recorded("router-props") } });
    const server = await serve();
    await connect({ ports: [server.port, router.port] });
    expect(router.requests.map(({ path }) => path)).toEqual(["/props"]);
  });

  it("is waited for while it loads the model, and says so", async () => {
    const props = { ...recorded("props"), delayMs: 1_200 };
    const server = await serve({
      routes: { ...routes, "/props": recorded("router-props"), "/props?model=coder": props },
    });
    const heard: string[] = [];
    await connect({ baseUrl: server.baseUrl, model: "coder", onWaiting: (detail) => heard.push(detail) });
    expect(heard[0]).toBe("the server loads its model (1 s)");
  });

  it("is asked for that model's facts, and sent its name", async () => {
    const server = await serve({ answers, routes: { ...routes, "/props": recorded("router-props") } });
    const backend = await connect({ baseUrl: server.baseUrl, model: "coder" });
    expect(backend.info).toMatchObject({ model: "coder", isRouter: true, contextTokens: undefined });
    expect(server.requests.map(({ path }) => path)).toContain("/props?model=coder");
    const request = {
      input: { type: "raw", prompt: "p" },
      sampling: {},
      maxTokens: 1,
      signal: new AbortController().signal,
    } as const;
    for await (const _ of backend.generate(request));
    await backend.countTokens!("text");
    expect(server.requests.filter(({ method }) => method === "POST").map(({ body }) => body.model)).toEqual([
      "coder",
      "coder",
    ]);
  });
});

describe("other endpoints", () => {
  it("are openai-compatible, with their only model", async () => {
    const server = await serve({ kind: "openai", model: "qwen" });
    expect((await connect({ baseUrl: server.baseUrl })).info).toMatchObject({
      kind: "openai-compatible",
      model: "qwen",
      contextTokens: undefined,
      wires: ["chat"],
    });
  });

  it("have several models", async () => {
    const data = [{ id: "qwen:latest" }, { id: "glm", max_model_len: 4096 }];
    const server = await serve({ kind: "openai", routes: { "/v1/models": { json: { object: "list", data } } } });
    await expect(connect({ ports: [server.port] })).rejects.toMatchObject({ code: "model_required" });
    expect((await connect({ baseUrl: server.baseUrl, model: "qwen" })).info.model).toBe("qwen:latest");
    expect((await connect({ baseUrl: server.baseUrl, model: "glm" })).info.contextTokens).toBe(4096);
  });
});
