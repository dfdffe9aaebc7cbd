import { describe, expect, it, onTestFinished } from "vitest";
import { discover } from "../../src/backends/index.ts";
import type { Delta, RawInput } from "../../src/types/index.ts";
import { type LoopbackOptions, startLoopback } from "../support/loopback.ts";

async function connect(options: LoopbackOptions) {
  const server = await startLoopback(options);
  onTestFinished(() => server.close());
  const backend = await discover({ baseUrl: server.baseUrl, now: () => 0 });
  onTestFinished(() => backend.close());
  return { server, backend };
}

const event = (value: object) => `data: ${JSON.stringify(value)}\n\n`;
const end = event({ content: "", tokens: [], stop: true, stop_type: "eos", tokens_predicted: 9 });

async function deltasOf(input: RawInput, events: readonly object[]) {
  const bytes = Buffer.from([...events.map(event), end].join(""));
  const { server, backend } = await connect({ answers: [{ bytes }] });
  const deltas: Delta[] = [];
  const signal = new AbortController().signal;
  for await (const delta of backend.generate({ input, sampling: {}, maxTokens: 9, signal })) deltas.push(delta);
  const raw = deltas.flatMap((delta) => (delta.type === "raw" ? [[delta.text, delta.tokens]] : []));
  return { body: server.generations()[0]!.body, raw };
}

const ids: RawInput = { type: "raw", prompt: "p", promptIds: [1, 2] };

describe("a prompt of token ids", () => {
  it("is sent in place of the text, and the answer's ids are asked for", async () => {
    const { body } = await deltasOf(ids, []);
    expect(body).toMatchObject({ promptIds: [1, 2], return_tokens: true });
    const text = await deltasOf({ type: "raw", prompt: "p" }, []);
    expect(text.body.prompt).toBe("p");
    expect(text.body).not.toHaveProperty("return_tokens");
  });

  it("brings the ids of each text, as llama-server b11549 tells them", async () => {
    const { raw } = await deltasOf(ids, [
      // Progress comes with the id 0, which is none of the answer's.
      {
        content: "",
        tokens: [0],
        stop: false,
        tokens_predicted: 0,
        prompt_progress: { total: 9, cache: 0, processed: 9 },
      },
      { content: "a", tokens: [64], stop: false, tokens_predicted: 1 },
      // A character of three tokens: the last one only.
      { content: "🦙", tokens: [247], stop: false, tokens_predicted: 4 },
      { content: "b", tokens: [65], stop: false, tokens_predicted: 5 },
      // A control token without text, and the end token.
      { content: "", tokens: [151644], stop: false, tokens_predicted: 6 },
      { content: "c", tokens: [66], stop: false, tokens_predicted: 7 },
      { content: "", tokens: [151645], stop: false, tokens_predicted: 8 },
    ]);
    expect(raw).toEqual([
      ["a", [64]],
      ["🦙", undefined],
      ["b", [65]],
      ["c", [151644, 66]],
    ]);
  });

  it("is no reason to expect ids of a server that tells none", async () => {
    const { raw } = await deltasOf(ids, [
      { content: "a", stop: false },
      { content: "b", stop: false },
    ]);
    expect(raw).toEqual([
      ["a", undefined],
      ["b", undefined],
    ]);
  });
});

describe("the tokens of texts", () => {
  it("come with their pieces, ids among the texts as they are", async () => {
    const { server, backend } = await connect({});
    const tokens = await backend.tokens!(["12345<|im_end|>", 7, "é"], { special: true, around: true });
    expect(tokens.map(({ piece }) => piece)).toEqual(["1234", "5", "<|im_end|>", "", "é"]);
    expect(tokens[3]?.id).toBe(7);
    expect(server.requests.at(-1)?.body).toEqual({
      content: ["12345<|im_end|>", 7, "é"],
      parse_special: true,
      add_special: true,
      with_pieces: true,
    });
    const plain = await backend.tokens!(["abc🦙"], { special: false });
    expect(plain.map(({ piece }) => piece)).toEqual([
      [97, 98, 99, 0xf0],
      [0x9f, 0xa6, 0x99],
    ]);
  });
});
