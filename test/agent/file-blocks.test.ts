import { describe, expect, it } from "vitest";
import { called, FILE_BLOCK_MODEL, lastShown, openStory, shown, WIRES } from "../support/agent.ts";

const lines = (count: number, word: string) => Array.from({ length: count }, (_, line) => `${word} ${line}`).join("\n");
const files = { "src/a.txt": `${lines(30, "old")}\n`, "src/b.txt": "b\n" };
const block = (path: string, text: string) => `I change it.\n\n${path}\n\`\`\`\n${text}\n\`\`\``;
const server = { model: FILE_BLOCK_MODEL };

describe.each(WIRES)("named files, on the %s wire", (wire) => {
  it("go with the task, and can be changed without being read first", async () => {
    const edit = called(wire, "edit", { path: "src/a.txt", old_text: "old 7\n", new_text: "new 7\n" });
    const story = await openStory({ wire, files, answers: [edit, { text: "Done." }] });
    expect(await story.run("Change line 7 of src/a.txt.")).toMatchObject({ reason: "done" });
    expect(shown(story.server.generations()[0]!)).toContain("old 29");
    expect(story.items("user_message")[0]?.attachments).toMatchObject([{ path: "src/a.txt" }]);
    expect(story.read("src/a.txt")).toContain("new 7");
    await story.settle();
  });

  it("outside the workspace stay there", async () => {
    const story = await openStory({ wire, files, answers: [{ text: "No." }] });
    await story.run("Look at ../state, /etc/passwd and src/none.txt.");
    expect(story.items("user_message")[0]?.attachments).toBeUndefined();
    await story.settle();
  });
});

describe.each(WIRES)("a whole file in a code fence, on the %s wire", (wire) => {
  it("is written where the profile says so, and its outcome is a fact of the transcript", async () => {
    const answers = [{ text: block("src/a.txt", lines(30, "new")) }, { text: "Thanks." }];
    const story = await openStory({ wire, files, server, answers });
    expect(await story.run("Change src/a.txt.")).toMatchObject({ reason: "done" });
    expect(story.read("src/a.txt")).toBe(`${lines(30, "new")}\n`);
    expect(story.items("tool_call")).toMatchObject([
      { notation: "file_block", call: { name: "write" }, result: { isError: false, changes: [{ path: "src/a.txt" }] } },
    ]);
    expect(await story.run("Thank you.")).toMatchObject({ reason: "done" });
    expect(lastShown(story)).toContain("replaced src/a.txt");
    await story.settle();
  });

  it.each([
    ["that is a part of it", lines(5, "new")],
    ["that leaves something out", `${lines(28, "new")}\n// ... rest of the code\nend`],
  ])("%s is refused and the model is told", async (_, text) => {
    const answers = [{ text: block("src/a.txt", text) }, { text: block("src/a.txt", lines(30, "new")) }];
    const story = await openStory({ wire, files, server, answers });
    expect(await story.run("Change src/a.txt.")).toMatchObject({ reason: "done" });
    const [refused, taken] = story.items("tool_call");
    expect(refused).toMatchObject({ malformed: { type: "bad_arguments" }, result: { isError: true } });
    expect(taken?.result?.isError).toBe(false);
    expect(lastShown(story)).toContain(refused!.result!.text);
    expect(story.server.generations()).toHaveLength(2);
    expect(story.read("src/a.txt")).toBe(`${lines(30, "new")}\n`);
    await story.settle();
  });

  it("of another profile is only shown", async () => {
    const text = block("src/a.txt", lines(30, "new"));
    const story = await openStory({ wire, files, answers: [{ text }] });
    expect(await story.run("How would src/a.txt look?")).toMatchObject({ reason: "done" });
    expect(story.read("src/a.txt")).toBe(files["src/a.txt"]);
    expect(story.items("tool_call")).toEqual([]);
    await story.settle();
  });

  it("of an answer that was cut is not written", async () => {
    const cut = { text: block("src/a.txt", lines(30, "new")), finish: "length" as const };
    const story = await openStory({ wire, files, server, answers: [cut, { text: "Too long." }] });
    await story.run("Change src/a.txt.");
    expect(story.read("src/a.txt")).toBe(files["src/a.txt"]);
    await story.settle();
  });

  it("for a path outside the workspace, or a folder, is refused", async () => {
    const answers = [
      { text: `${block("../outside.txt", "x")}\n\n${block("src/v1.d", "x")}` },
      { text: "It cannot be." },
    ];
    const story = await openStory({ wire, files: { ...files, "src/v1.d/c.txt": "c\n" }, server, answers });
    expect(await story.run("Change things.")).toMatchObject({ reason: "done" });
    expect(story.items("tool_call")).toMatchObject([
      { notation: "file_block", result: { isError: true, text: expect.stringMatching(/outside the workspace/) } },
      { notation: "file_block", result: { isError: true, text: expect.stringMatching(/src\/v1\.d is a folder/) } },
    ]);
    expect(() => story.read("../outside.txt")).toThrow();
    await story.settle();
  });
});

describe.each(WIRES)("what speaks against an end, on the %s wire", (wire) => {
  it("advice in place of a change is sent back, once", async () => {
    const advice = { text: "You should change line 7." };
    const story = await openStory({ wire, files, server, answers: [advice, advice] });
    expect(await story.run("Mend it.")).toMatchObject({ reason: "done" });
    const told = story.items("user_message").filter(({ origin }) => origin === "harness");
    expect(told).toHaveLength(1);
    expect(lastShown(story)).toContain(told[0]!.text);
    await story.settle();
  });

  it("a command that failed is sent back, once, and each kind for itself", async () => {
    const answers = [
      called(wire, "shell", { command: "exit 3" }),
      { text: "All is well." },
      { text: "You should look at it." },
      { text: "You should look at it, I mean." },
    ];
    const story = await openStory({ wire, files, server, answers });
    expect(await story.run("Mend it.")).toMatchObject({ reason: "done" });
    const told = story.items("user_message").filter(({ origin }) => origin === "harness");
    expect(new Set(told.map(({ text }) => text)).size).toBe(2);
    expect(told).toHaveLength(2);
    await story.settle();
  });

  it("advice of a model that needs no such help is an end", async () => {
    const story = await openStory({ wire, files, answers: [{ text: "You should change line 7.\n```\nx\n```" }] });
    expect(await story.run("What should I change?")).toMatchObject({ reason: "done" });
    await story.settle();
  });

  it("a plain answer is an end", async () => {
    const story = await openStory({ wire, files, answers: [{ text: "There are two files." }] });
    expect(await story.run("How many files are there?")).toMatchObject({ reason: "done" });
    await story.settle();
  });

  it("the named test is run after a change, and a failure is sent back", async () => {
    const script = (code: number) => `process.exit(${code})\n`;
    const test = "node --test check.test.js";
    const answers = [
      called(wire, "write", { path: "src/c.txt", content: "c\n" }),
      { text: "It passes." },
      called(wire, "write", { path: "check.test.js", content: script(0) }),
      called(wire, "write", { path: "check.test.js", content: script(0) }),
      { text: "Now it passes." },
    ];
    const story = await openStory({ wire, files: { ...files, "check.test.js": script(1) }, answers });
    expect(await story.run(`Make src/c.txt and see that \`${test}\` passes.`)).toMatchObject({ reason: "done" });
    const checks = story.items("tool_call").filter(({ notation }) => notation === "check");
    expect(checks).toMatchObject([{ result: { isError: true } }, { result: { isError: false, exitCode: 0 } }]);
    await story.settle();
  });

  it("an end with the named test failing is no success", async () => {
    const answers = [
      called(wire, "write", { path: "src/c.txt", content: "c\n" }),
      ...["a", "b", "c"].map((text) => ({ text })),
    ];
    const story = await openStory({ wire, files: { ...files, "check.test.js": "process.exit(1)\n" }, answers });
    const test = "node --test check.test.js";
    expect(await story.run(`Make src/c.txt and see that \`${test}\` passes.`)).toMatchObject({
      reason: "failed",
      detail: `\`${test}\` still fails`,
    });
    await story.settle();
  });

  it("an end after the model saw the named test pass is one", async () => {
    const test = "node --test check.test.js";
    const answers = [
      called(wire, "write", { path: "src/c.txt", content: "c\n" }),
      { text: "It passes." },
      called(wire, "shell", { command: `echo > check.test.js` }),
      called(wire, "shell", { command: test }),
      { text: "Now it passes." },
    ];
    const story = await openStory({ wire, files: { ...files, "check.test.js": "process.exit(1)\n" }, answers });
    expect(await story.run(`Make src/c.txt and see that \`${test}\` passes.`)).toMatchObject({ reason: "done" });
    await story.settle();
  });
});
