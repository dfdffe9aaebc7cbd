import { describe, expect, it } from "vitest";
import { createReplayBackend, discover } from "../../src/backends/index.ts";
import type { Backend, BackendRequest, ChatInput, Delta, TraceRecord } from "../../src/types/index.ts";
import { HalterError } from "../../src/types/index.ts";
import { type LoopbackAnswer, overflowAnswer, startLoopback } from "../support/loopback.ts";
import { recordedBytes } from "../support/recordings.ts";

const signal = new AbortController().signal;
const raw: BackendRequest = { input: { type: "raw", prompt: "p" }, sampling: {}, maxTokens: 9, signal };
const input: ChatInput = { type: "chat", messages: [{ role: "user", content: "hi" }], tools: [] };
const chat: BackendRequest = { ...raw, input };

async function collect(backend: Backend, request: BackendRequest) {
  const deltas: Omit<Delta, "at">[] = [];
  try {
    for await (const { at: _, ...delta } of backend.generate(request)) deltas.push(delta);
    return { deltas, error: undefined };
  } catch (error) {
    if (!(error instanceof HalterError)) throw error;
    return { deltas, error: { code: error.code, data: error.data } };
  }
}

describe("a replay", () => {
  it("gives what the live server gave, byte for byte", async () => {
    const answers: LoopbackAnswer[] = [
      { bytes: recordedBytes("completion-stream"), bytesPerWrite: 5 },
      { bytes: recordedBytes("coder-good-stream"), bytesPerWrite: 50 },
      overflowAnswer(9009, 8192),
      { text: "cut off here", cutAfter: 1, delayMs: 5 },
      { text: "after loading" },
    ];
    const server = await startLoopback({ answers });
    const trace: TraceRecord[] = [];
    const onTrace = (record: TraceRecord) => trace.push(record);
    const live = await discover({ baseUrl: server.baseUrl, now: () => performance.now(), onTrace });
    const requests = [raw, chat, chat, raw, chat];
    const seen = [];
    const rendered = await live.applyTemplate!(input);
    const counted = await live.countTokens!("some text");
    for (const [index, request] of requests.entries()) {
      if (index === 4) server.loading = 2;
      seen.push(await collect(live, request));
    }
    await live.close();
    await server.close();
    expect(seen.map(({ error }) => error?.code)).toEqual([
      undefined,
      undefined,
      "context_overflow",
      "stream_cut",
      undefined,
    ]);
    expect(trace.some((record) => record.type === "bytes" && record.encoding === "base64")).toBe(true);

    const written = trace.map((record) => JSON.parse(JSON.stringify(record)) as TraceRecord);
    const replay = createReplayBackend(written, live.info);
    expect(replay.info).toMatchObject({ kind: "replay", model: live.info.model });
    for (const [index, request] of requests.entries()) {
      const { deltas, error } = await collect(replay, request);
      const spoken = seen[index]!.deltas.filter((delta) => delta.type !== "waiting");
      expect({ deltas, error }).toEqual({ deltas: spoken, error: seen[index]!.error });
    }
    expect((await collect(replay, raw)).error?.code).toBe("replay_exhausted");
    expect(await replay.applyTemplate!(input)).toBe(rendered);
    expect(await replay.countTokens!("some text")).toBe(counted);
    await expect(replay.countTokens!("other text")).rejects.toMatchObject({ code: "replay_exhausted" });
  });

  it("plays a trace of several runs in order, though each counts its calls from 1", async () => {
    const words = ["first", "second", "third", "fourth"];
    const server = await startLoopback({ answers: words.map((text) => ({ text })) });
    const trace: TraceRecord[] = [];
    const onTrace = (record: TraceRecord) => trace.push(record);
    let info: Backend["info"] | undefined;
    for (let run = 0; run < 2; run++) {
      const live = await discover({ baseUrl: server.baseUrl, now: () => performance.now(), onTrace });
      info = live.info;
      await collect(live, raw);
      server.loading = 2;
      await collect(live, chat);
      await live.close();
    }
    await server.close();
    const replay = createReplayBackend(trace, info!);
    const played = [];
    for (const request of [raw, chat, raw, chat]) {
      const { deltas } = await collect(replay, request);
      played.push(deltas.map((delta) => ("text" in delta ? delta.text : "")).join(""));
    }
    expect(played).toEqual(words);
    expect((await collect(replay, raw)).error?.code).toBe("replay_exhausted");
  });
});
