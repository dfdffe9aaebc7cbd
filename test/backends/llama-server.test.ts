import { afterEach, describe, expect, it } from "vitest";
import { discover } from "../../src/backends/index.ts";
import type { Backend, BackendRequest, Delta, TraceRecord } from "../../src/types/index.ts";
import { HalterError } from "../../src/types/index.ts";
import { type Loopback, type LoopbackOptions, overflowAnswer, startLoopback } from "../support/loopback.ts";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

interface Setup {
  readonly server: Loopback;
  readonly backend: Backend;
  readonly trace: TraceRecord[];
}

async function connect(options: LoopbackOptions, more: object = {}): Promise<Setup> {
  const server = await startLoopback(options);
  open.push(server);
  const trace: TraceRecord[] = [];
  const now = () => performance.now();
  const backend = await discover({ baseUrl: server.baseUrl, now, onTrace: (record) => trace.push(record), ...more });
  open.push(backend);
  return { server, backend, trace };
}

const never = new AbortController().signal;
const raw: BackendRequest = { input: { type: "raw", prompt: "p" }, sampling: {}, maxTokens: 9, signal: never };
const chat: BackendRequest = {
  input: { type: "chat", messages: [{ role: "user", content: "hi" }], tools: [] },
  sampling: {},
  maxTokens: 9,
  signal: never,
};
const wires = [raw, chat].map((request) => [request.input.type, request] as const);

/** The deltas that came, and the error that ended them. */
async function collect(backend: Backend, request: BackendRequest) {
  const deltas: Delta[] = [];
  try {
    for await (const delta of backend.generate(request)) deltas.push(delta);
    return { deltas, error: undefined };
  } catch (error) {
    if (!(error instanceof HalterError)) throw error;
    return { deltas, error };
  }
}

const textOf = (deltas: readonly Delta[]) => deltas.map((delta) => ("text" in delta ? delta.text : "")).join("");

describe.each(wires)("llama-server on the %s wire", (wire, request) => {
  it("streams text and ends with usage", async () => {
    const { backend } = await connect({ answers: [{ text: "Grüße, 世界 🦙!", promptTokens: 20, cachedTokens: 15 }] });
    const { deltas, error } = await collect(backend, request);
    expect(error).toBeUndefined();
    expect(textOf(deltas)).toBe("Grüße, 世界 🦙!");
    expect(new Set(deltas.slice(0, -1).map((delta) => delta.type))).toEqual(
      new Set([wire === "raw" ? "raw" : "content"]),
    );
    expect(deltas.at(-1)).toMatchObject({ type: "done", finish: "stop", usage: { inputTokens: 20, cachedTokens: 15 } });
  });

  it("tells the length limit", async () => {
    const { backend } = await connect({ answers: [{ text: "abc", finish: "length" }] });
    expect((await collect(backend, request)).deltas.at(-1)).toMatchObject({ type: "done", finish: "length" });
  });

  it("keeps what came before a cut connection, and sends nothing again", async () => {
    const { backend, server } = await connect({ answers: [{ text: "0123456789", chunkSize: 2, cutAfter: 3 }] });
    const { deltas, error } = await collect(backend, request);
    expect(textOf(deltas)).toMatch(/^0123(45)?$/);
    expect(error?.code).toBe("stream_cut");
    expect(server.generations()).toHaveLength(1);
  });

  it("asks why the server is lost, where that is known", async () => {
    const crash = new HalterError("engine_crashed", "The engine was ended by SIGKILL");
    const words = [undefined, crash, crash];
    const { backend, server } = await connect(
      {
        answers: [
          { text: "0123", cutAfter: 1 },
          { text: "0123", cutAfter: 1 },
        ],
      },
      { crash: async () => words.shift() },
    );
    expect((await collect(backend, request)).error?.code).toBe("stream_cut");
    expect((await collect(backend, request)).error).toBe(crash);
    await server.close();
    expect((await collect(backend, request)).error).toBe(crash);
  });

  it("knows an answer that ends properly but unfinished", async () => {
    const { backend } = await connect({ answers: [{ text: "half", unfinished: true }] });
    const { deltas, error } = await collect(backend, request);
    expect(textOf(deltas)).toBe("half");
    expect(error?.code).toBe("stream_cut");
  });

  it("throws what the server streams as an error, after the text", async () => {
    const message = "The model produced output that does not match the expected peg-native format";
    const errorEvent = { code: 500, type: "server_error", message };
    const { backend } = await connect({ answers: [{ text: "kept", errorEvent }] });
    const { deltas, error } = await collect(backend, request);
    expect(textOf(deltas)).toBe("kept");
    expect(error).toMatchObject({ code: "output_rejected", data: { reaction: "change_seed" } });
  });

  it("carries the figures of an overflow", async () => {
    const { backend, server } = await connect({ answers: [overflowAnswer(9009, 8192)] });
    const { error } = await collect(backend, request);
    expect(error).toMatchObject({ code: "context_overflow", data: { n_ctx: 8192, n_prompt_tokens: 9009 } });
    expect(server.generations()).toHaveLength(1);
  });

  it("waits while the server answers 503, then sends", async () => {
    const { backend, server } = await connect({ answers: [{ text: "ready" }] });
    server.loading = 3;
    const { deltas, error } = await collect(backend, request);
    expect(error).toBeUndefined();
    expect(deltas.filter((delta) => delta.type === "waiting").length).toBeGreaterThanOrEqual(2);
    expect(textOf(deltas)).toBe("ready");
  });

  it("gives up on a server that loads for ever", async () => {
    const { backend, server } = await connect({}, { loadingSeconds: 0.5 });
    server.loading = Number.POSITIVE_INFINITY;
    const { error } = await collect(backend, request);
    expect(error).toMatchObject({
      code: "server_loading",
      message: expect.stringContaining("0.5 s"),
      data: { reaction: "none" },
    });
    expect(error?.hint).toBeTruthy();
    expect(server.generations()).toHaveLength(1);
  });

  it("closes the socket at once when the signal aborts", async () => {
    const { backend, server } = await connect({ answers: [{ text: "abcdef", hang: true }] });
    const abort = new AbortController();
    const deltas: Delta[] = [];
    const reading = (async () => {
      for await (const delta of backend.generate({ ...request, signal: abort.signal })) {
        deltas.push(delta);
        if (textOf(deltas).endsWith("f")) abort.abort();
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: "cancelled" });
    await expect.poll(() => server.generations()[0]?.closedAt).toBeTypeOf("number");
  });

  it("closes the socket when the consumer leaves the loop", async () => {
    const { backend, server, trace } = await connect({ answers: [{ text: "abcdef", hang: true }] });
    for await (const delta of backend.generate(request)) if (delta.type !== "progress") break;
    await expect.poll(() => server.generations()[0]?.closedAt).toBeTypeOf("number");
    expect(trace.at(-1)).toMatchObject({ type: "end", call: 1 });
  });

  it("is cancelled before the headers came", async () => {
    const { backend, server } = await connect({ answers: [{ text: "late", headerDelayMs: 20_000 }] });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    expect((await collect(backend, { ...request, signal: abort.signal })).error?.code).toBe("cancelled");
    await expect.poll(() => server.generations()[0]?.closedAt).toBeTypeOf("number");
  });

  it("calls a silent server with idle slots stalled", async () => {
    const { backend } = await connect({ answers: [{ text: "x", hang: true }], slotsWorking: 0 }, { stallSeconds: 0.2 });
    const { deltas, error } = await collect(backend, request);
    expect(textOf(deltas)).toBe("x");
    expect(error?.code).toBe("server_stalled");
  });

  it("waits for a silent server whose slot works", async () => {
    const answers = [{ text: "slowly", chunkSize: 3, delayMs: 400 }];
    const { backend } = await connect({ answers, slotsWorking: 1 }, { stallSeconds: 0.1 });
    const { deltas, error } = await collect(backend, request);
    expect(error).toBeUndefined();
    expect(textOf(deltas)).toBe("slowly");
  });

  it("takes pings for signs of life", async () => {
    const { backend, server } = await connect(
      { answers: [{ text: "x", hang: true, pingMs: 50 }], slotsWorking: 0 },
      { stallSeconds: 0.3 },
    );
    const { error } = await collect(backend, { ...request, signal: AbortSignal.timeout(1200) });
    expect(error?.code).toBe("cancelled");
    expect(server.requests.some(({ path }) => path.startsWith("/slots"))).toBe(false);
  });

  it("notices that the server is gone", async () => {
    const { backend, server } = await connect({ answers: [{ text: "x", hang: true }] }, { stallSeconds: 0.2 });
    const reading = collect(backend, request);
    await expect.poll(() => server.generations().length).toBe(1);
    await server.close();
    expect(["stream_cut", "server_gone"]).toContain((await reading).error?.code);
    expect((await collect(backend, request)).error?.code).toBe("server_unreachable");
  });

  it("says that it stands in a queue", async () => {
    const { backend } = await connect({ answers: [{ text: "x", headerDelayMs: 2500 }], slotsWorking: 1 });
    const { deltas } = await collect(backend, request);
    expect(deltas[0]).toMatchObject({ type: "waiting", reason: "queued", detail: expect.stringContaining("busy") });
    expect(textOf(deltas)).toBe("x");
  });

  it("traces what crossed the wire and no key", async () => {
    const { backend, trace, server } = await connect(
      { answers: [{ text: "Grüße" }], apiKey: "secret-key" },
      { apiKey: "secret-key" },
    );
    await collect(backend, request);
    const own = trace.filter((record) => record.type !== "note" && record.call === 1);
    expect(own.map((record) => record.type).filter((type) => type !== "bytes")).toEqual(["request", "response", "end"]);
    expect(own[0]).toMatchObject({ body: JSON.stringify(server.generations()[0]?.body) });
    expect(JSON.stringify(trace)).not.toContain("secret-key");
    const times = trace.map((record) => record.at);
    expect(own.map((record) => record.at)).toEqual(own.map((record) => record.at).sort((a, b) => a - b));
    expect(times.every((at) => at >= 0)).toBe(true);
  });
});

describe("an answer of llama-server on the chat wire", () => {
  it.each(["cut", "hang", "usage"] as const)(
    "is whole once it has its finish reason, though the stream does not end (%s)",
    async (afterFinish) => {
      const { backend, server } = await connect(
        { answers: [{ text: "whole", afterFinish, pingMs: 50 }] },
        { stallSeconds: 0.3 },
      );
      const { deltas, error } = await collect(backend, chat);
      expect(error).toBeUndefined();
      expect(textOf(deltas)).toBe("whole");
      const inputTokens = afterFinish === "usage" ? 10 : 0;
      expect(deltas.at(-1)).toMatchObject({ type: "done", finish: "stop", usage: { inputTokens } });
      await expect.poll(() => server.generations()[0]?.closedAt).toBeTypeOf("number");
    },
  );
});

describe("what llama-server is sent", () => {
  it("raw: the prompt, the schema, delimiters, sampling by its names", async () => {
    const { backend, server } = await connect({ answers: [{ text: "" }], model: "tiny.gguf" });
    const messageDelimiters = [{ role: "user", delimiter: "<|im_start|>user" }];
    const input = {
      type: "raw",
      prompt: "p",
      schema: { type: "object" },
      messageDelimiters,
      preservedTokens: ["<x>"],
    } as const;
    await collect(backend, {
      ...raw,
      input,
      sampling: { temperature: 0, top_k: 20, dry_multiplier: 1 },
      stop: ["s"],
      slot: 1,
    });
    expect(server.generations()[0]?.body).toEqual({
      model: "tiny.gguf",
      prompt: "p",
      temperature: 0,
      top_k: 20,
      dry_multiplier: 1,
      n_predict: 9,
      json_schema: { type: "object" },
      message_delimiters: messageDelimiters,
      preserved_tokens: ["<x>"],
      stop: ["s"],
      id_slot: 1,
      stream: true,
      return_progress: true,
      cache_prompt: true,
    });
  });

  it("chat: tools, choice, variables, prefill", async () => {
    const { backend, server } = await connect({ answers: [{ text: "" }] });
    const tool = { name: "read", description: "d", parameters: { type: "object" } };
    const messages = [{ role: "user", content: "hi" }] as const;
    const input = {
      type: "chat",
      messages,
      tools: [tool],
      toolChoice: "required",
      kwargs: { enable_thinking: false },
      prefill: "<t>",
    } as const;
    await collect(backend, { ...chat, input, sampling: { seed: 3 } });
    expect(server.generations()[0]?.body).toEqual({
      model: "loopback",
      messages: [...messages, { role: "assistant", content: "<t>" }],
      tools: [{ type: "function", function: tool }],
      tool_choice: "required",
      chat_template_kwargs: { enable_thinking: false },
      seed: 3,
      max_tokens: 9,
      stream: true,
      stream_options: { include_usage: true },
      return_progress: true,
      cache_prompt: true,
    });
  });

  it("refuses a history that would wedge the session", async () => {
    const { backend, server } = await connect({});
    const call = { id: "1", type: "function", function: { name: "read", arguments: '{"path":"src' } } as const;
    const messages = [
      { role: "user", content: "hi" },
      { role: "assistant", content: "", tool_calls: [call] },
    ] as const;
    const { error } = await collect(backend, { ...chat, input: { type: "chat", messages, tools: [] } });
    expect(error).toMatchObject({ code: "bad_history", data: { message: 1 } });
    const nulled = [{ role: "user", content: "hi", name: null }] as unknown as typeof messages;
    expect(
      (await collect(backend, { ...chat, input: { type: "chat", messages: nulled, tools: [] } })).error,
    ).toMatchObject({
      code: "bad_history",
      message: expect.stringContaining("name is null"),
    });
    expect(server.generations()).toHaveLength(0);
  });

  it("asks the server's template and tokenizer", async () => {
    const { backend } = await connect({});
    const input = { type: "chat", messages: [{ role: "user", content: "hi" }], tools: [] } as const;
    expect(await backend.applyTemplate!(input)).toBe("<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n");
    expect(await backend.countTokens!("12345678")).toBe(2);
  });
});
