import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { called, FILE_BLOCK_MODEL, openStory, openThread, tagged, WIRES } from "../support/agent.ts";
import { overflowAnswer } from "../support/loopback.ts";

const files = { "notes.txt": "the answer is 42\n", "AGENTS.md": "Always say please.\n" };

describe("the prompts of a thread, on the raw wire", () => {
  it.each(["loopback", FILE_BLOCK_MODEL])("each begin with the one before, whatever happens (%s)", async (model) => {
    const answers = [
      { text: `I look.\n\n${tagged("read", { path: "notes.txt" })}` },
      { text: `${tagged("read", { path: "none.txt" })}\n${tagged("find", { pattern: "*.txt" })}` },
      { text: '```json\n{"name": "Read", "arguments": {"path": "notes.txt", "start_line": "1"}}\n```\nand so on' },
      { text: tagged("launch_rocket", { to: "moon" }) },
      { text: '<tool_call>\n{"name": "write", "arguments": {"path": "a', finish: "length" as const },
      { text: tagged("shell", { command: "exit 1" }) },
      { text: "You can mend it yourself." },
      { text: "  You can mend it yourself.\n\n" },
      { text: "It is 42." },
    ];
    const story = await openStory({ files, answers, server: { model } });
    expect(await story.run("Find the answer.")).toMatchObject({ reason: "done" });
    expect(await story.run("Say it.")).toMatchObject({ reason: "done" });
    expect(story.events).toContainEqual(expect.objectContaining({ type: "wire.chosen", wire: "raw" }));
    const prompts = story.server.generations().map(({ body }) => body.prompt!);
    expect(prompts).toHaveLength(answers.length);
    for (const [index, prompt] of prompts.entries()) {
      const before = prompts[index - 1] ?? "";
      expect(prompt.slice(0, before.length), `prompt ${index + 1}`).toBe(before);
    }
    await story.settle();
  });

  it("keep the conversation after an answer that says nothing", async () => {
    const answers = [{ text: tagged("read", { path: "notes.txt" }) }, { text: "" }, { text: "It is 42." }];
    const story = await openStory({ files, answers });
    await story.run("Find the answer.");
    const [, second, third] = story.server.generations().map(({ body }) => body.prompt!);
    expect(third?.startsWith(second!.slice(0, second!.lastIndexOf("\n</tool_response>")))).toBe(true);
    await story.settle();
  });

  it("go on after a cut connection as if it had not been", async () => {
    const story = await openStory({
      files,
      answers: [
        { text: tagged("read", { path: "notes.txt" }) },
        { text: `half of it ${tagged("write", { path: "x", content: "y" })}`, cutAfter: 3 },
        { text: "It is 42." },
        { text: "42." },
      ],
    });
    await story.run("Find the answer.");
    await story.run("Say it.");
    const [first, second, third, fourth] = story.server.generations().map(({ body }) => body.prompt!);
    expect(second?.startsWith(first!)).toBe(true);
    expect(third).toBe(second);
    expect(fourth?.startsWith(third!)).toBe(true);
    await story.settle();
  });
});

describe.each(WIRES)("the system message, on the %s wire", (wire) => {
  const systemOf = (story: Awaited<ReturnType<typeof openStory>>) => {
    const body = story.server.generations().at(-1)!.body;
    return body.prompt?.split("<|im_end|>")[0] ?? JSON.stringify([body.messages?.[0], body.tools]);
  };

  it("is the same in a new thread of the same folder, and in a resumed one, whatever has changed there", async () => {
    const answers = () => ({ text: "Hello." });
    const story = await openStory({ wire, files, answers });
    await story.run();
    const second = await openThread({ ...story, wire });
    await second.run();
    expect(systemOf(second)).toBe(systemOf(story));
    writeFileSync(path.join(story.folder, "AGENTS.md"), "Never say please.\n");
    writeFileSync(path.join(story.folder, "new.txt"), "new\n");
    const resumed = await story.resume();
    await resumed.run("And now?");
    expect(systemOf(resumed)).toBe(systemOf(second));
    await resumed.settle();
  });

  it("holds the project's instructions from the git root down, the more specific last", async () => {
    const story = await openStory({ wire, files, answers: () => ({ text: "Hello." }) });
    mkdirSync(path.join(story.folder, ".git"));
    mkdirSync(path.join(story.folder, "packages"));
    writeFileSync(path.join(story.folder, "packages", "AGENTS.md"), "In packages say thanks.\n");
    const inner = await openThread({ ...story, wire, folder: path.join(story.folder, "packages") });
    await inner.run();
    const [, rest] = systemOf(inner).split("Always say please.");
    expect(rest).toContain("In packages say thanks.");
    await inner.settle();
  });
});

describe("a resumed thread", () => {
  it("keeps its wire, and what was dropped from its prompts stays dropped", async () => {
    const long = Array.from({ length: 300 }, (_, line) => `line ${line}`).join("\n");
    const story = await openStory({
      wire: "chat",
      files: { "long.txt": long },
      answers: [
        called("chat", "read", { path: "long.txt" }),
        overflowAnswer(1500, 1400),
        { text: "Read." },
        { text: "Hello." },
      ],
    });
    await story.run();
    const resumed = await story.resume();
    expect(await resumed.run("And now?")).toMatchObject({ reason: "done", turn: 2 });
    const bodies = story.server.generations().map(({ body }) => body);
    expect(bodies.at(-1)?.messages?.slice(0, 4)).toEqual(bodies.at(-2)?.messages);
    expect(JSON.stringify(bodies.at(-1)?.messages)).not.toContain("line 250");
    await resumed.settle();
  });
});
