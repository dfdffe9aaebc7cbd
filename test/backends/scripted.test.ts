import { describe, expect, it } from "vitest";
import { createScriptedBackend } from "../../src/backends/index.ts";
import type { BackendRequest, Delta } from "../../src/types/index.ts";
import { HalterError } from "../../src/types/index.ts";

const signal = new AbortController().signal;
const raw: BackendRequest = { input: { type: "raw", prompt: "p" }, sampling: {}, maxTokens: 9, signal };
const chat: BackendRequest = { ...raw, input: { type: "chat", messages: [], tools: [] } };

async function collect(deltas: AsyncIterable<Delta>): Promise<Delta[]> {
  const seen: Delta[] = [];
  for await (const delta of deltas) seen.push(delta);
  return seen;
}

describe("the scripted backend", () => {
  it("says its answers in order and keeps the requests", async () => {
    const backend = createScriptedBackend({
      answers: [{ raw: "hello world" }, (request) => ({ content: request.input.type, finish: "length" })],
    });
    const first = await collect(backend.generate(raw));
    expect(first.map((delta) => ("text" in delta ? delta.text : "")).join("")).toBe("hello world");
    expect(first.at(-1)).toMatchObject({ type: "done", finish: "stop" });
    expect(await collect(backend.generate(chat))).toMatchObject([{ text: "chat" }, { type: "done", finish: "length" }]);
    expect(backend.requests).toEqual([raw, chat]);
    await backend.close();
  });

  it("streams calls in pieces", async () => {
    const backend = createScriptedBackend({ answers: [{ calls: [{ name: "read", arguments: '{"path":"a.ts"}' }] }] });
    const deltas = await collect(backend.generate(chat));
    expect(deltas[0]).toMatchObject({ type: "call", index: 0, name: "read" });
    expect(deltas.map((delta) => (delta.type === "call" ? delta.arguments : "")).join("")).toBe('{"path":"a.ts"}');
    expect(deltas.at(-1)).toMatchObject({ finish: "tool_calls" });
  });

  it("fails after the text", async () => {
    const error = new HalterError("output_rejected", "no");
    const backend = createScriptedBackend({
      answers: [
        { raw: "kept", error },
        { raw: "kept", cut: true },
      ],
    });
    for (const code of ["output_rejected", "stream_cut"]) {
      const seen: Delta[] = [];
      const reading = (async () => {
        for await (const delta of backend.generate(raw)) seen.push(delta);
      })();
      await expect(reading).rejects.toMatchObject({ code });
      expect(seen).toMatchObject([{ text: "kept" }]);
    }
  });

  it("is cancelled between two deltas", async () => {
    const abort = new AbortController();
    const backend = createScriptedBackend({ answers: [{ raw: "a long answer" }], chunkSize: 1 });
    const reading = (async () => {
      for await (const _ of backend.generate({ ...raw, signal: abort.signal })) abort.abort();
    })();
    await expect(reading).rejects.toMatchObject({ code: "cancelled" });
  });

  it("complains about misuse", async () => {
    const backend = createScriptedBackend({ answers: [{ content: "x" }, { raw: "y" }] });
    await expect(collect(backend.generate(raw))).rejects.toThrow("not for the raw wire");
    await expect(backend.close()).rejects.toThrow("1 of 2 scripted answers");
    await collect(backend.generate(raw));
    await expect(collect(backend.generate(raw))).rejects.toThrow("request 3 came");
    await backend.close();
  });
});
