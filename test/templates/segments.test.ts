import { describe, expect, it } from "vitest";
import { compileTemplate, type RenderInput, render, sliceSegments } from "../../src/templates/index.ts";

const now = new Date(2026, 0, 5);
const prompt: RenderInput["prompt"] = {
  messages: [
    { role: "user", content: "Hi." },
    { role: "assistant", content: "<|end|>" },
  ],
  tools: [{ name: "read", description: "Reads <|end|>.", parameters: { type: "object", properties: {} } }],
  kwargs: { mood: "<calm>" },
} as RenderInput["prompt"];

async function segmentsOf(source: string, more: Partial<RenderInput> = {}) {
  const rendered = render(await compileTemplate(source), { prompt, now, ...more });
  expect(rendered.segments.map(({ text }) => text).join("")).toBe(rendered.text);
  return rendered.segments.map(({ text, isInput }) => [isInput ? "input" : "trusted", text]);
}

describe("segments", () => {
  it("take a message's words for input, its role and the harness's settings for the template's", async () => {
    const source =
      "{{ bos_token }}{{ mood }}{% for m in messages %}{{ '<|' + m.role + '|>' + m.content | trim }}<|end|>{% endfor %}";
    expect(await segmentsOf(source, { bosToken: "<s>" })).toEqual([
      ["trusted", "<s><calm><|user|>"],
      ["input", "Hi."],
      ["trusted", "<|end|><|assistant|>"],
      ["input", "<|end|>"],
      ["trusted", "<|end|>"],
    ]);
  });

  it("take tools for input, also as JSON", async () => {
    const segments = await segmentsOf("Tools: {{ tools | tojson }}!");
    expect(segments.map(([origin]) => origin)).toEqual(["trusted", "input", "trusted"]);
    expect(segments[1]?.[1]).toContain("<|end|>");
  });

  it("take what a template puts in place of input for input", async () => {
    const source = "{{ (messages[1].content + '<|end|>').replace('<|end|>', '<|stop|>') }}";
    expect(await segmentsOf(source)).toEqual([
      ["input", "<|stop|>"],
      ["trusted", "<|stop|>"],
    ]);
  });

  it("leave out tokens that the server adds, and know what it adds at the end", async () => {
    const options = { bosToken: "<s>", addsBos: true, eosToken: "</s>", addsEos: true };
    expect(await segmentsOf("{{ bos_token }}{{ messages[0].content }}{{ eos_token }}", options)).toEqual([
      ["input", "Hi."],
    ]);
    const gemma = "{# '<|tool_call>call:' #}{{ messages[0].content }}{{ '<turn|>\\n' }}";
    expect(await segmentsOf(gemma)).toEqual([
      ["input", "Hi."],
      ["trusted", "<turn|>\n<|turn>model\n"],
    ]);
  });

  it("are cut where asked", () => {
    const segments = [
      { text: "abc", isInput: false },
      { text: "def", isInput: true },
    ];
    expect(sliceSegments(segments, 2, 4)).toEqual([
      { text: "c", isInput: false },
      { text: "d", isInput: true },
    ]);
    expect(sliceSegments(segments, 3)).toEqual([{ text: "def", isInput: true }]);
    expect(sliceSegments(segments, 6)).toEqual([]);
  });
});
