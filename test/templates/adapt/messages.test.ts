import { describe, expect, it } from "vitest";
import { ADAPT_STEPS, adapt } from "../../../src/templates/adapt/index.ts";
import type { RenderMessage } from "../../../src/templates/adapt/step.ts";

/** Each step alone: what it changes, and what it must leave as the very same object. */
const CASES: Readonly<Record<string, { in: RenderMessage[]; out: RenderMessage[] }>> = {
  "trim-content": {
    in: [
      { role: "assistant", content: " a\n", reasoning_content: "\tb " },
      { role: "user", content: [{ type: "text", text: " c " }] },
    ],
    out: [
      { role: "assistant", content: "a", reasoning_content: "b" },
      { role: "user", content: [{ type: "text", text: "c" }] },
    ],
  },
  "fill-content": {
    in: [
      { role: "assistant", content: null, reasoning_content: "" },
      { role: "assistant", tool_calls: [] },
      { role: "user", content: [] },
    ],
    out: [
      { role: "assistant", content: "" },
      { role: "assistant", content: "" },
      { role: "user", content: "" },
    ],
  },
  "order-fields": {
    in: [
      {
        tool_calls: [{ index: 0, id: "1", type: "function", function: { arguments: "{}", name: "f" } }],
        role: "assistant",
        content: [{ text: "a", type: "text", cache: true }],
        refusal: "",
      },
    ],
    out: [
      {
        role: "assistant",
        content: [{ type: "text", text: "a" }],
        tool_calls: [{ type: "function", function: { name: "f", arguments: "{}" }, id: "1" }],
      },
    ],
  },
  "join-text-parts": {
    in: [
      {
        role: "user",
        content: [
          { type: "text", text: "" },
          { type: "text", text: "a" },
          { type: "text", text: "b" },
          { type: "media_marker", text: "<pic>" },
          { type: "text", text: "c" },
        ],
      },
    ],
    out: [{ role: "user", content: "a\nb<pic>c" }],
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
  "write-arguments": {
    in: [{ role: "assistant", content: "", tool_calls: [{ function: { name: "f", arguments: { a: [1, null] } } }] }],
    out: [{ role: "assistant", content: "", tool_calls: [{ function: { name: "f", arguments: '{"a":[1,null]}' } }] }],
  },
  "parse-arguments": {
    in: [{ role: "assistant", content: "", tool_calls: [{ function: { name: "f", arguments: '{"a":[1]}' } }] }],
    out: [{ role: "assistant", content: "", tool_calls: [{ function: { name: "f", arguments: { a: [1] } } }] }],
  },
  "tool-responses": {
    in: [
      { role: "user", content: "u" },
      {
        role: "assistant",
        content: "lost",
        reasoning_content: "why",
        tool_calls: [{ function: { name: "f" } }, { function: { name: "g" } }],
      },
      { role: "tool", content: '{"a":1}', tool_call_id: "1" },
      { role: "tool", content: "text", tool_call_id: "2" },
      { role: "tool", content: "more", tool_call_id: "3" },
      { role: "assistant", content: "done" },
    ],
    out: [
      { role: "user", content: "u" },
      {
        role: "assistant",
        tool_calls: [{ function: { name: "f" } }, { function: { name: "g" } }],
        tool_responses: [
          { name: "f", response: { a: 1 } },
          { name: "g", response: "text" },
          { name: "3", response: "more" },
        ],
        content: "done",
        reasoning_content: "why",
      },
    ],
  },
  "thinking-parts": {
    in: [{ role: "assistant", content: "said", reasoning_content: "why", tool_calls: [] }],
    out: [
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: "why" },
          { type: "text", text: "said" },
        ],
        tool_calls: [],
      },
    ],
  },
  "reasoning-to-thinking": {
    in: [{ role: "assistant", content: "said", reasoning_content: "why" }],
    out: [{ role: "assistant", content: "said", reasoning_content: "why", thinking: "why" }],
  },
  "drop-content-of-calls": {
    in: [
      { role: "assistant", content: "said", reasoning_content: "why" },
      { role: "assistant", content: "", reasoning_content: "why", tool_calls: [{ function: { name: "f" } }] },
    ],
    out: [
      { role: "assistant", content: "said", reasoning_content: "why" },
      { role: "assistant", reasoning_content: "why", tool_calls: [{ function: { name: "f" } }] },
    ],
  },
  "sort-results": {
    in: [
      { role: "assistant", content: "", tool_calls: [{ id: "a" }, { id: "b" }] },
      { role: "tool", content: "2", tool_call_id: "b" },
      { role: "user", content: "between" },
      { role: "tool", content: "1", tool_call_id: "a" },
    ],
    out: [
      { role: "assistant", content: "", tool_calls: [{ id: "a" }, { id: "b" }] },
      { role: "tool", content: "1", tool_call_id: "a" },
      { role: "user", content: "between" },
      { role: "tool", content: "2", tool_call_id: "b" },
    ],
  },
};

const PLAIN: RenderMessage[] = [
  { role: "user", content: "hello" },
  { role: "assistant", content: "hi" },
];

/** Steps that give every text another form. */
const REWRITES_ALL = ["wrap-text-parts", "thinking-parts"];

describe("adapt steps", () => {
  it("has a case for every step", () => {
    expect(ADAPT_STEPS.map(({ name }) => name).sort()).toEqual(Object.keys(CASES).sort());
  });

  it.each(ADAPT_STEPS)("$name rewrites what it is about, without touching its input", ({ name, run }) => {
    const { in: before, out } = CASES[name]!;
    const copy = structuredClone(before);
    // As text, so that the order of the fields counts.
    expect(JSON.stringify(run(before), null, 1)).toBe(JSON.stringify(out, null, 1));
    expect(before).toEqual(copy);
  });

  it.each(ADAPT_STEPS.filter(({ name }) => !REWRITES_ALL.includes(name)))(
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
    thinking: true,
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
