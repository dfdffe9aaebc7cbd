import { afterEach, describe, expect, it, vi } from "vitest";
import { discover } from "../../src/backends/index.ts";
import type { BackendRequest, Delta, TraceRecord } from "../../src/types/index.ts";
import { HalterError } from "../../src/types/index.ts";
import { type LoopbackAnswer, overflowAnswer, startLoopback } from "../support/loopback.ts";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const one of open.splice(0).reverse()) await one.close();
});

async function connect(answers: readonly LoopbackAnswer[], more: object = {}) {
  const server = await startLoopback({ kind: "openai", answers });
  const trace: TraceRecord[] = [];
  const onTrace = (record: TraceRecord) => trace.push(record);
  const backend = await discover({ baseUrl: server.baseUrl, now: () => performance.now(), onTrace, ...more });
  open.push(server, backend);
  return { server, backend, trace };
}

const request: BackendRequest = {
  input: {
    type: "chat",
    messages: [{ role: "user", content: "hi" }],
    tools: [{ name: "read", description: "d", parameters: { type: "object" } }],
  },
  sampling: { temperature: 0, top_k: 20 },
  maxTokens: 9,
  signal: new AbortController().signal,
};

async function collect(deltas: AsyncIterable<Delta>) {
  const seen: Delta[] = [];
  try {
    for await (const delta of deltas) seen.push(delta);
    return { deltas: seen, error: undefined };
  } catch (error) {
    if (!(error instanceof HalterError)) throw error;
    return { deltas: seen, error };
  }
}

const textOf = (deltas: readonly Delta[]) => deltas.map((delta) => ("text" in delta ? delta.text : "")).join("");

describe("an openai-compatible endpoint", () => {
  it("streams reasoning, text and calls", async () => {
    const calls = [{ id: "c", name: "read", arguments: '{"path":"a"}' }];
    const { backend, server, trace } = await connect([{ reasoning: "think", text: "Grüße 世界", calls }]);
    const { deltas, error } = await collect(backend.generate(request));
    expect(error).toBeUndefined();
    expect(textOf(deltas)).toBe("thinkGrüße 世界");
    const parts = deltas.filter((delta) => delta.type === "call");
    expect(parts[0]).toMatchObject({ id: "c", name: "read", index: 0 });
    expect(parts.map((part) => part.arguments).join("")).toBe('{"path":"a"}');
    expect(deltas.at(-1)).toMatchObject({ type: "done", finish: "tool_calls", usage: { inputTokens: 10 } });
    expect(server.generations()[0]?.body).toMatchObject({ max_tokens: 9, top_k: 20, stream: true });
    expect(server.generations()[0]?.body).not.toHaveProperty("cache_prompt");
    const kinds = trace.filter((record) => record.type !== "note" && record.call === 1).map((record) => record.type);
    expect(kinds.filter((kind) => kind !== "bytes")).toEqual(["request", "response", "end"]);
  });

  it.each<[string, LoopbackAnswer, string]>([
    ["a cut connection", { text: "half of it", cutAfter: 2 }, "stream_cut"],
    ["an end without a finish reason", { text: "half", unfinished: true }, "stream_cut"],
    ["an error event", { text: "x", errorEvent: { code: 500, message: "boom", type: "server_error" } }, "server_error"],
    ["an overflow", overflowAnswer(9009, 8192), "context_overflow"],
    ["a 500", { status: 500, json: { error: { message: "boom", type: "server_error" } } }, "server_error"],
  ])("%s is told, and nothing is sent again", async (_, answer, code) => {
    const { backend, server } = await connect([answer, { text: "again" }]);
    const { error } = await collect(backend.generate(request));
    expect(error?.code).toBe(code);
    expect(server.generations()).toHaveLength(1);
  });

  it.each([
    ["stop", "stop"],
    ["function_call", "tool_calls"],
    ["content_filter", "length"],
    ["abort", "length"],
  ] as const)("the finish reason %s is %s", async (given, finish) => {
    const { backend } = await connect([{ calls: [{ name: "read", arguments: '{"path":"a' }], finish: given }]);
    const { deltas } = await collect(backend.generate(request));
    expect(deltas.at(-1)).toMatchObject({ type: "done", finish });
  });

  it.each(["cut", "hang", "usage"] as const)(
    "is whole once it has its finish reason, though the stream does not end (%s)",
    async (afterFinish) => {
      const { backend, server } = await connect([{ text: "whole", afterFinish, pingMs: 50 }], { stallSeconds: 0.3 });
      const { deltas, error } = await collect(backend.generate(request));
      expect(error).toBeUndefined();
      expect(textOf(deltas)).toBe("whole");
      const inputTokens = afterFinish === "usage" ? 10 : 0;
      expect(deltas.at(-1)).toMatchObject({ type: "done", finish: "stop", usage: { inputTokens } });
      await expect.poll(() => server.generations()[0]?.closedAt).toBeTypeOf("number");
    },
  );

  it("waits while the server answers 503, then sends", async () => {
    const { backend, server } = await connect([{ text: "ready" }]);
    server.loading = 3;
    const { deltas, error } = await collect(backend.generate(request));
    expect(error).toBeUndefined();
    expect(deltas.filter((delta) => delta.type === "waiting").length).toBeGreaterThanOrEqual(2);
    expect(textOf(deltas)).toBe("ready");
    expect(server.generations()).toHaveLength(2);
  });

  it("gives up on a server that loads for ever", async () => {
    const { backend, server } = await connect([], { loadingSeconds: 0.5 });
    server.loading = Number.POSITIVE_INFINITY;
    const { error } = await collect(backend.generate(request));
    expect(error).toMatchObject({ code: "server_loading", message: expect.stringContaining("0.5 s") });
    expect(server.generations()).toHaveLength(1);
  });

  it.each<[string, LoopbackAnswer]>([
    ["before the headers", { text: "x", headerDelayMs: 20_000 }],
    ["in the middle of an answer", { text: "x", hang: true }],
  ])("notices %s that the server is gone", async (_, answer) => {
    const { backend, server } = await connect([answer], { stallSeconds: 0.2 });
    const reading = collect(backend.generate(request));
    await expect.poll(() => server.generations().length).toBe(1);
    server.refuse();
    expect((await reading).error?.code).toBe("server_gone");
    await expect.poll(() => server.generations()[0]?.closedAt).toBeTypeOf("number");
  });

  it("waits for a silent server that answers other questions", async () => {
    const { backend, server } = await connect([{ text: "x", headerDelayMs: 1500 }], { stallSeconds: 0.2 });
    const { deltas, error } = await collect(backend.generate(request));
    expect(error).toBeUndefined();
    expect(textOf(deltas)).toBe("x");
    expect(server.requests.filter(({ path }) => path === "/v1/models").length).toBeGreaterThan(2);
  });

  it("takes pings for signs of life", async () => {
    const { backend, server } = await connect([{ text: "x", hang: true, pingMs: 50 }], { stallSeconds: 0.5 });
    const asked = server.requests.length;
    const { error } = await collect(backend.generate({ ...request, signal: AbortSignal.timeout(1800) }));
    expect(error?.code).toBe("cancelled");
    expect(server.requests.slice(asked).some(({ path }) => path === "/v1/models")).toBe(false);
  });

  it("closes the socket on abort", async () => {
    const { backend, server } = await connect([{ text: "abcdef", hang: true }]);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 300);
    expect((await collect(backend.generate({ ...request, signal: abort.signal }))).error?.code).toBe("cancelled");
    await expect.poll(() => server.generations()[0]?.closedAt).toBeTypeOf("number");
  });

  it("sends nothing of the environment, and the key given", async () => {
    vi.stubEnv("OPENAI_ORG_ID", "org-leak");
    vi.stubEnv("OPENAI_PROJECT_ID", "project-leak");
    vi.stubEnv("OPENAI_API_KEY", "key-leak");
    const { backend, server } = await connect([{ text: "x" }], { apiKey: "own" });
    await collect(backend.generate(request));
    const { headers } = server.generations()[0]!;
    expect(JSON.stringify(headers)).not.toContain("leak");
    expect(headers.authorization).toBe("Bearer own");
    expect(Object.keys(headers).filter((name) => name.startsWith("x-stainless"))).toEqual([]);
  });

  it("has no raw wire", async () => {
    const { backend } = await connect([]);
    const { error } = await collect(backend.generate({ ...request, input: { type: "raw", prompt: "p" } }));
    expect(error?.code).toBe("not_supported");
  });
});
