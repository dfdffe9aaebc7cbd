import { describe, expect, it } from "vitest";
import { adapt } from "../../src/templates/index.ts";
import { ADAPT_STEPS, type RenderMessage } from "../../src/templates/steps.ts";

/** Each step alone: what it changes, and what it must leave as the very same object. */
const CASES: Readonly<Record<string, { in: RenderMessage[]; out: RenderMessage[] }>> = {
  "trim-content": {
    in: [{ role: "assistant", content: " a\n", reasoning_content: "\tb " }],
    out: [{ role: "assistant", content: "a", reasoning_content: "b" }],
  },
  "fill-content": {
    in: [{ role: "assistant", content: null, reasoning_content: "" }, { role: "assistant" }],
    out: [
      { role: "assistant", content: "" },
      { role: "assistant", content: "" },
    ],
  },
  "join-text-parts": {
    in: [
      {
        role: "user",
        content: [
          { type: "text", text: "a" },
          { type: "text", text: "b" },
        ],
      },
    ],
    out: [{ role: "user", content: "a\nb" }],
  },
  "wrap-text-parts": {
    in: [{ role: "user", content: "a" }],
    out: [{ role: "user", content: [{ type: "text", text: "a" }] }],
  },
  "developer-to-system": {
    in: [{ role: "developer", content: "a" }],
    out: [{ role: "system", content: "a" }],
  },
  "merge-system": {
    in: [
      { role: "system", content: "a" },
      { role: "user", content: "b" },
    ],
    out: [{ role: "user", content: "a\nb" }],
  },
  "parse-arguments": {
    in: [{ role: "assistant", content: "", tool_calls: [{ function: { name: "f", arguments: '{"a":[1]}' } }] }],
    out: [{ role: "assistant", content: "", tool_calls: [{ function: { name: "f", arguments: { a: [1] } } }] }],
  },
  "reasoning-to-thinking": {
    in: [
      { role: "assistant", content: "said", reasoning_content: "why" },
      { role: "assistant", content: "", reasoning_content: "why", tool_calls: [{ function: { name: "f" } }] },
    ],
    out: [
      { role: "assistant", content: "said", reasoning_content: "why", thinking: "why" },
      { role: "assistant", reasoning_content: "why", thinking: "why", tool_calls: [{ function: { name: "f" } }] },
    ],
  },
};

const PLAIN: RenderMessage[] = [
  { role: "user", content: "hello" },
  { role: "assistant", content: "hi" },
];

describe("adapt steps", () => {
  it("has a case for every step", () => {
    expect(ADAPT_STEPS.map(({ name }) => name).sort()).toEqual(Object.keys(CASES).sort());
  });

  it.each(ADAPT_STEPS)("$name rewrites what it is about, without touching its input", ({ name, run }) => {
    const { in: before, out } = CASES[name]!;
    const copy = structuredClone(before);
    expect(run(before)).toEqual(out);
    expect(before).toEqual(copy);
  });

  it.each(ADAPT_STEPS.filter(({ name }) => name !== "wrap-text-parts"))(
    "$name leaves plain talk as it is",
    ({ run }) => {
      expect(run(PLAIN)).toBe(PLAIN);
    },
  );

  it("names the call whose arguments are no JSON", () => {
    const step = ADAPT_STEPS.find(({ name }) => name === "parse-arguments")!;
    const broken = [{ role: "assistant", tool_calls: [{ function: { name: "write", arguments: '{"a":' } }] }];
    expect(() => step.run(broken)).toThrow(
      expect.objectContaining({ code: "bad_history", message: expect.stringContaining("write") }),
    );
  });
});

describe("adapt", () => {
  const caps = {
    stringContent: true,
    typedContent: false,
    systemRole: true,
    tools: true,
    toolCalls: true,
    objectArguments: true,
  };
  const prompt = {
    messages: [{ role: "user" as const, content: " hi " }],
    tools: [],
    kwargs: {},
  };

  it("reports the steps that changed something, and how many messages", () => {
    const stepfun = { source: "You have access to the following functions in JSONSchema format", caps };
    const { messages, steps } = adapt(prompt, stepfun);
    expect(messages).toEqual([{ role: "user", content: "hi" }]);
    expect(steps).toEqual([{ name: "trim-content", about: expect.any(String), messages: 1 }]);
  });

  it("leaves alone what the template can take, and gives no tools where there are none", () => {
    expect(adapt(prompt, { source: "", caps })).toEqual({ messages: prompt.messages, tools: undefined, steps: [] });
  });
});
