import { describe, expect, it } from "vitest";
import { called, lastShown, openStory, tagged, WIRES } from "../../support/agent.ts";
import { textCallsRun } from "../../support/items.ts";
import type { LoopbackAnswer } from "../../support/loopback.ts";

const files = { "notes.txt": "the answer is 42\n" };
const input = { path: "notes.txt" };
const json = JSON.stringify({ name: "read", arguments: input }, null, 2);

/** Each a first answer that holds one call of `read`; the notation it must be found in. */
const written: readonly (readonly [string, LoopbackAnswer, string])[] = [
  ["Qwen XML", { text: "<function=read>\n<parameter=path>\nnotes.txt\n</parameter>\n</function>" }, "bare"],
  [
    "Qwen XML in its tag",
    { text: "<tool_call>\n<function=read>\n<parameter=path>\nnotes.txt\n</parameter>\n</function>\n</tool_call>" },
    "native",
  ],
  ["<tool_call> JSON", { text: tagged("read", input) }, "native"],
  ["fenced JSON", { text: `I look at the notes.\n\n\`\`\`json\n${json}\n\`\`\`` }, "fenced"],
  ["bare JSON", { text: json }, "bare"],
];

describe.each(WIRES)("a call that comes as text, on the %s wire", (wire) => {
  it.each(written)("%s is run", async (_, answer, notation) => {
    const story = await openStory({ wire, files, answers: [answer, { text: "It is 42." }] });
    expect(await story.run()).toMatchObject({ reason: "done" });
    expect(story.items("tool_call")).toMatchObject([{ notation, call: { name: "read" }, result: { isError: false } }]);
    expect(lastShown(story)).toContain("the answer is 42");
    expect(story.items("agent_message").at(-1)?.text).toBe("It is 42.");
    await story.settle();
  });

  it("is run where it stands inside reasoning that never ends", async () => {
    const thought = `I should look at the notes.\n${tagged("read", input)}`;
    const answer = wire === "raw" ? { text: `<think>\n${thought}` } : { reasoning: thought };
    const story = await openStory({ wire, files, answers: [answer, { text: "It is 42." }] });
    expect(await story.run()).toMatchObject({ reason: "done" });
    expect(story.items("reasoning")[0]?.text).toContain("I should look");
    expect(story.items("tool_call")).toMatchObject([{ call: { name: "read" }, result: { isError: false } }]);
    expect(lastShown(story)).toContain("the answer is 42");
    await story.settle();
  });

  it("counts as run where its tool ran, also in vain, and not where it was refused", async () => {
    const asked = [
      { name: "edit", arguments: { path: "notes.txt", old_text: "43", new_text: "42" } },
      { name: "read", arguments: {} },
      { name: "shell", arguments: { command: "ls" } },
      { name: "read", arguments: input },
    ];
    const text = asked.map((call) => JSON.stringify(call)).join("\n");
    const thread = { sandbox: "auto", env: { PATH: "/no/programs" } } as const;
    const story = await openStory({ wire, files, answers: [{ text }, { text: "" }, { text: "I could not." }], thread });
    await story.run();
    expect(story.items("tool_call").map(({ call, result }) => [call.name, result?.isError])).toEqual([
      ["edit", true],
      ["read", true],
      ["shell", true],
      ["read", true],
    ]);
    expect(textCallsRun(story.started.thread.items).map(({ call }) => call.name)).toEqual(["edit"]);
    await story.settle();
  });

  it("streams as candidate and not as text", async () => {
    const story = await openStory({ wire, files, answers: [{ text: json }, { text: "It is 42." }] });
    await story.run();
    const deltas = story.events.flatMap((event) => (event.type === "item.delta" ? [event] : []));
    expect(deltas.filter(({ kind }) => kind === "candidate").length).toBeGreaterThan(1);
    expect(deltas.flatMap(({ kind, text }) => (kind === "text" ? [text] : [])).join("")).toBe("It is 42.");
    await story.settle();
  });
});

describe.each(WIRES)("a call with mistakes, on the %s wire", (wire) => {
  it("numbers as strings become numbers, and the repair is on record", async () => {
    const range = { path: "long.txt", start_line: "2", end_line: "3" };
    const story = await openStory({
      wire,
      files: { "long.txt": `one\ntwo\nthree\n${"four\n".repeat(30)}` },
      answers: [called(wire, "read", range), { text: "Read." }],
    });
    expect(await story.run()).toMatchObject({ reason: "done" });
    const [call] = story.items("tool_call");
    expect(call?.repairs.map(({ name }) => name)).toEqual(["text_to_number", "text_to_number"]);
    expect(call?.result).toMatchObject({ isError: false, text: expect.stringMatching(/two\nthree/) });
    expect(call?.result?.text).not.toMatch(/one|four/);
    await story.settle();
  });

  it("a tool of another name than the one written is called by its own from the start", async () => {
    const answers = [
      called(wire, "WRITE", { path: "made.txt", content: "x" }),
      called(wire, "launch_rocket", {}),
      { text: "Done." },
    ];
    const story = await openStory({ wire, files, answers });
    await story.run();
    const names = (type: "item.started" | "item.completed") =>
      story.events.flatMap((event) =>
        event.type === type && event.item.type === "tool_call" ? [event.item.call.name] : [],
      );
    expect(names("item.started")).toEqual(["write", "launch_rocket"]);
    expect(names("item.completed")).toEqual(["write", "launch_rocket"]);
    await story.settle();
  });

  it("the wrong case of a name still finds the tool", async () => {
    const story = await openStory({ wire, files, answers: [called(wire, "Read", input), { text: "Read." }] });
    expect(await story.run()).toMatchObject({ reason: "done" });
    expect(story.items("tool_call")).toMatchObject([
      { call: { name: "read" }, repairs: [{ name: "tool_name" }], result: { isError: false } },
    ]);
    await story.settle();
  });

  it("an unknown tool is answered with the names there are", async () => {
    const answers = [called(wire, "launch_rocket", { to: "moon" }), { text: "There is none." }];
    const story = await openStory({ wire, answers });
    expect(await story.run()).toMatchObject({ reason: "done" });
    const [call] = story.items("tool_call");
    expect(call).toMatchObject({
      malformed: { type: "unknown_tool", name: "launch_rocket" },
      result: { isError: true },
    });
    for (const { spec } of story.started.setup.tools) expect(call?.result?.text).toContain(spec.name);
    expect(lastShown(story)).toContain("launch_rocket");
    await story.settle();
  });

  it("arguments that lack their end are repaired and run", async () => {
    const cutShort =
      wire === "raw"
        ? { text: '<tool_call>\n{"name": "read", "arguments": {"path": "notes.txt"' }
        : called(wire, "read", '{"path": "notes.txt"');
    const story = await openStory({ wire, files, answers: [cutShort, { text: "It is 42." }] });
    expect(await story.run()).toMatchObject({ reason: "done" });
    const [call] = story.items("tool_call");
    expect(call?.repairs.length).toBeGreaterThan(0);
    expect(call?.result).toMatchObject({ isError: false, text: expect.stringContaining("42") });
    await story.settle();
  });

  const half = '{"path": "made.txt", "content": "half of the fi';
  it.each([
    ["JSON", `<tool_call>\n{"name": "write", "arguments": ${half}`],
    ["tags", "<function=write>\n<parameter=path>made.txt</parameter>\n<parameter=content>\nhalf of the fi"],
  ])("a text that lacks its end is not written (%s)", async (_, text) => {
    const first = wire === "raw" ? { text } : called(wire, "write", half);
    const answers = [first, { text: "" }, { text: "I could not." }];
    const story = await openStory({ wire, answers });
    expect(await story.run()).toMatchObject({ reason: "done" });
    expect(story.items("tool_call")).toMatchObject([
      {
        malformed: { type: "bad_arguments" },
        result: { isError: true, text: expect.stringContaining("ended inside") },
      },
    ]);
    expect(() => story.read("made.txt")).toThrow();
    await story.settle();
  });
});
