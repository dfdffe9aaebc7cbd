import { describe, expect, it } from "vitest";
import { createProgressWatch } from "../../src/agent/progress.ts";
import { called, FILE_BLOCK_MODEL, openStory, shown, WIRES } from "../support/agent.ts";
import { callItem } from "../support/items.ts";

describe("progress of a turn", () => {
  it("is a changed file, a command, or something new to look at", () => {
    const watch = createProgressWatch();
    const read = callItem("a", 1, "read", { path: "x" }, {});
    expect(watch.see([read])).toBe(0);
    expect(watch.see([read])).toBe(1);
    expect(watch.see([callItem("b", 1, "todo", { items: [] }, { todos: [] })])).toBe(2);
    expect(watch.see([callItem("c", 1, "edit", {}, { isError: true })])).toBe(3);
    expect(watch.see([callItem("d", 1, "shell", { command: "ls" }, { exitCode: 1 })])).toBe(0);
    expect(watch.see([callItem("e", 1, "write", {}, {})])).toBe(1);
    const test = (text: string) => callItem("g", 1, "shell", { command: "npm test" }, { exitCode: 0, text });
    expect(watch.see([test("3 pass in 120 ms")])).toBe(0);
    expect(watch.see([test("3 pass in 97 ms")])).toBe(1);
    expect(watch.see([test("1 fail")])).toBe(0);
    expect(watch.see([callItem("f", 1, "edit", {}, { changes: [{ path: "x", kind: "update", diff: "" }] })])).toBe(0);
  });
});

describe.each(WIRES)("a step that gets nowhere, on the %s wire", (wire) => {
  const files = { "a.txt": "one\n" };
  const same = { path: "a.txt", old_text: "one", new_text: "one" };
  const task = "Make a.txt say two, then run `npm test`.";

  it("is answered with the outcome of the test that the task names, and a small model is asked for the file", async () => {
    const answers = [called(wire, "edit", same), { text: "a.txt\n```\ntwo\n```" }];
    const story = await openStory({
      wire,
      files: { ...files, "package.json": '{"scripts":{"test":"cat a.txt; grep -q two a.txt"}}' },
      server: { model: FILE_BLOCK_MODEL },
      thread: { allowedCommands: ["npm test"] },
      answers,
    });
    expect(await story.run(task)).toMatchObject({ reason: "done" });
    const [edit, check, write, checkAgain] = story.items("tool_call");
    expect(edit?.result?.isError).toBe(true);
    expect(check).toMatchObject({ notation: "check", result: { isError: true } });
    expect(write).toMatchObject({ notation: "file_block", result: { changes: [{ path: "a.txt" }] } });
    expect(checkAgain).toMatchObject({ notation: "check", result: { isError: false } });
    expect(shown(story.server.generations()[1]!)).toContain("show the complete corrected file");
    await story.settle();
  });

  it("of another model gets the outcome alone", async () => {
    const story = await openStory({
      wire,
      files,
      thread: { allowedCommands: ["npm test"] },
      answers: [called(wire, "edit", same), { text: "It cannot be done." }, { text: "It cannot be done." }],
    });
    await story.run(task);
    expect(story.items("tool_call").map((item) => item.notation)).toContain("check");
    expect(shown(story.server.generations()[1]!)).not.toContain("show the complete corrected file");
    await story.settle();
  });

  it("and words in its place too: a file shown as it is changes nothing", async () => {
    const story = await openStory({
      wire,
      files: { ...files, "package.json": '{"scripts":{"test":"grep -q two a.txt"}}' },
      server: { model: FILE_BLOCK_MODEL },
      thread: { allowedCommands: ["npm test"] },
      answers: [{ text: "Corrected:\n\na.txt\n```\none\n```" }, { text: "a.txt\n```\ntwo\n```" }],
    });
    expect(await story.run(task)).toMatchObject({ reason: "done" });
    expect(story.items("tool_call").map(({ notation, result }) => [notation, result?.isError])).toEqual([
      ["file_block", false],
      ["check", true],
      ["file_block", false],
      ["check", false],
    ]);
    await story.settle();
  });
});
