import { describe, expect, it } from "vitest";
import { called, lastShown, openStory, shown, WIRES } from "../../support/agent.ts";

const files = { "notes.txt": "the answer is 42\n" };
/** No repair makes these an object that `read` takes. */
const BROKEN = '{"path" "notes.txt" : }';
const given = '{"path": "notes.txt"}';

describe.each(WIRES)("arguments that cannot be repaired, on the %s wire", (wire) => {
  const broken = called(wire, "read", BROKEN);
  /** What the server sends when the opener has been given: on the raw wire the arguments alone. */
  const constrained = wire === "raw" ? { text: given } : called(wire, "read", given);

  it("are asked for once more under the tool's schema, and then run", async () => {
    const story = await openStory({ wire, files, answers: [broken, constrained, { text: "It is 42." }] });
    expect(await story.run()).toMatchObject({ reason: "done" });
    const [first, second] = story.server.generations();
    if (wire === "raw") {
      expect(second?.body.prompt).toMatch(/"name": "read", "arguments": $/);
      expect(second?.body.prompt?.startsWith(first!.body.prompt!)).toBe(true);
      expect(second?.body.json_schema).toMatchObject({ type: "object", required: ["path"] });
    } else {
      expect(second?.body).toMatchObject({ tool_choice: "required", tools: first?.body.tools });
      expect(second?.body.messages?.at(-1)).toEqual({
        role: "assistant",
        content: expect.stringMatching(/"name": "read", "arguments": $/),
      });
      expect(second?.body).not.toHaveProperty("grammar");
    }
    const [call] = story.items("tool_call");
    expect(call).toMatchObject({ call: { name: "read", arguments: given }, result: { isError: false } });
    expect(call?.malformed).toBeUndefined();
    expect(call?.repairs.map(({ name }) => name)).toContain("constrained-retry");
    expect(story.trace.filter((record) => record.type === "note" && record.topic === "constrained")).toHaveLength(1);
    expect(lastShown(story)).toContain("the answer is 42");
    await story.settle();
  });

  it("are told to the model when that was of no use, and no third time is tried", async () => {
    const useless = wire === "raw" ? { text: "{" } : called(wire, "read", BROKEN);
    const answers = [broken, useless, broken, { text: "I give up." }];
    const story = await openStory({ wire, files, answers });
    expect(await story.run()).toMatchObject({ reason: "done" });
    expect(story.items("tool_call")).toMatchObject([
      { malformed: { type: "bad_arguments" }, result: { isError: true, text: expect.stringContaining("read") } },
      { malformed: { type: "bad_arguments" }, result: { isError: true } },
    ]);
    expect(story.server.generations()).toHaveLength(4);
    await story.settle();
  });

  it("are told to the model at once where its family has no opener before JSON", async () => {
    const inChannel = { text: `<|channel|>commentary to=functions.read<|message|>${BROKEN}<|call|>` };
    const answers = [wire === "raw" ? inChannel : broken, { text: "I give up." }];
    const story = await openStory({ wire, files, answers, server: { model: "gpt-oss-loopback" } });
    expect(await story.run()).toMatchObject({ reason: "done" });
    expect(story.items("tool_call")).toMatchObject([{ malformed: { type: "bad_arguments" }, call: { name: "read" } }]);
    const { body } = story.server.generations()[0]!;
    if (wire === "raw") expect(body.preserved_tokens).toContain("<|channel|>");
    await story.settle();
  });

  it("are told to the model when the server refuses the constrained request", async () => {
    const refusal = { error: { code: 400, message: "failed to parse grammar", type: "invalid_request_error" } };
    const answers = [broken, { status: 400, json: refusal }, { text: "I give up." }];
    const story = await openStory({ wire, files, answers });
    expect(await story.run()).toMatchObject({ reason: "done" });
    expect(story.items("tool_call")).toMatchObject([
      { malformed: { type: "bad_arguments" }, result: { isError: true } },
    ]);
    expect(story.items("error")).toEqual([]);
    await story.settle();
  });

  it("do not stop the check of a later change", async () => {
    const answers = [
      called(wire, "shell", '{"command" "node --test check.test.js" : }'),
      wire === "raw" ? { text: "{" } : called(wire, "shell", "{"),
      called(wire, "write", { path: "check.test.js", content: "process.exit(0)\n" }),
      { text: "Made it." },
    ];
    const story = await openStory({ wire, answers });
    const task = "Make check.test.js and see that `node --test check.test.js` passes.";
    expect(await story.run(task)).toMatchObject({ reason: "done" });
    expect(story.items("tool_call")).toMatchObject([
      { call: { name: "shell" }, malformed: { type: "bad_arguments" } },
      { call: { name: "shell" }, notation: "check", result: { isError: true } },
      { call: { name: "write" }, result: { isError: false } },
      { call: { name: "shell" }, notation: "check", result: { isError: false, exitCode: 0 } },
    ]);
    await story.settle();
  });
});

describe("a constrained answer of the chat wire", () => {
  it("for another tool is not taken for this one", async () => {
    const answers = [
      called("chat", "read", BROKEN),
      called("chat", "write", { path: "notes.txt", content: "gone" }),
      { text: "I give up." },
    ];
    const story = await openStory({ wire: "chat", files, answers });
    expect(await story.run()).toMatchObject({ reason: "done" });
    expect(story.items("tool_call")).toMatchObject([{ call: { name: "read" }, result: { isError: true } }]);
    expect(story.read("notes.txt")).toBe(files["notes.txt"]);
    await story.settle();
  });
});

describe.each(WIRES)("an answer that ends by its length, on the %s wire", (wire) => {
  it("inside a read: not run, and the model is told its limit", async () => {
    const cut =
      wire === "raw"
        ? { text: '<tool_call>\n{"name": "read", "arguments": {"path": "note', finish: "length" as const }
        : { ...called(wire, "read", '{"path": "note'), finish: "length" as const };
    const story = await openStory({
      wire,
      files,
      answers: [cut, called(wire, "read", given), { text: "It is 42." }],
      thread: { limits: { answerTokens: 777 } },
    });
    expect(await story.run()).toMatchObject({ reason: "done" });
    const [call, again] = story.items("tool_call");
    expect(call).toMatchObject({
      malformed: { type: "cut" },
      result: { isError: true, text: expect.stringContaining("777") },
    });
    expect(again?.result?.isError).toBe(false);
    const [first, second] = story.server.generations();
    expect(wire === "raw" ? first?.body.n_predict : first?.body.max_tokens).toBe(777);
    expect(shown(second!)).toContain("777 tokens");
    await story.settle();
  });

  it.each([
    ["in the middle of its text", '{"path": "notes.txt", "content": "half of'],
    ["after its text", '{"path": "notes.txt", "content": "half of it"'],
  ])("inside a write, %s: the file is untouched", async (_, written) => {
    const text = `I write it.\n<tool_call>\n{"name": "write", "arguments": ${written}`;
    const cut =
      wire === "raw"
        ? { text, finish: "length" as const }
        : { text: "I write it.", ...called(wire, "write", written), finish: "length" as const };
    const story = await openStory({ wire, files, answers: [called(wire, "read", given), cut, { text: "Too long." }] });
    expect(await story.run()).toMatchObject({ reason: "done" });
    expect(story.read("notes.txt")).toBe(files["notes.txt"]);
    const [, call] = story.items("tool_call");
    expect(call).toMatchObject({ call: { name: "write" }, malformed: { type: "cut" }, result: { isError: true } });
    const { answerTokens } = {
      answerTokens: Number(story.server.generations()[0]?.body[wire === "raw" ? "n_predict" : "max_tokens"]),
    };
    expect(lastShown(story)).toContain(`${answerTokens} tokens`);
    await story.settle();
  });

  it("a fenced call that is cut is not run either", async () => {
    const text = '```json\n{"name": "write", "arguments": {"path": "notes.txt", "content": "half of';
    const answers = [called(wire, "read", given), { text, finish: "length" as const }, { text: "Too long." }];
    const story = await openStory({ wire, files, answers });
    expect(await story.run()).toMatchObject({ reason: "done" });
    expect(story.read("notes.txt")).toBe(files["notes.txt"]);
    await story.settle();
  });
});
