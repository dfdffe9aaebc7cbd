import { describe, expect, it } from "vitest";
import { called, lastShown, openStory, WIRES } from "../../support/agent.ts";
import { type LoopbackAnswer, overflowAnswer } from "../../support/loopback.ts";

const files = { "notes.txt": "the answer is 42\n" };

describe.each(WIRES)("an answer without an end, on the %s wire", (wire) => {
  const thinking: LoopbackAnswer = wire === "raw" ? { text: "<think>\nHm.\n</think>\n" } : { reasoning: "Hm." };

  it("empty: one nudge, and what comes then counts", async () => {
    const story = await openStory({ wire, files, answers: [{ text: "" }, { text: "Here." }] });
    expect(await story.run()).toMatchObject({ reason: "done" });
    const told = story.items("user_message");
    expect(told.map(({ origin }) => origin)).toEqual(["user", "harness"]);
    expect(lastShown(story)).toContain(told[1]!.text);
    await story.settle();
  });

  it.each<[string, LoopbackAnswer]>([
    ["empty", { text: "" }],
    ["blank", { text: " \n\n" }],
    ["only reasoning", thinking],
  ])("%s twice: the turn ends and says so", async (_, answer) => {
    const story = await openStory({ wire, files, answers: [answer, answer] });
    expect(await story.run()).toMatchObject({ reason: "empty_answer", detail: expect.any(String) });
    expect(story.server.generations()).toHaveLength(2);
    expect(story.items("agent_message")).toEqual([]);
    await story.settle();
  });

  it("cut text twice: the turn ends for its length", async () => {
    const answer = { text: "On and on and", finish: "length" as const };
    const story = await openStory({ wire, files, answers: [answer, answer] });
    expect(await story.run()).toMatchObject({ reason: "length", detail: expect.stringMatching(/\d+ tokens/) });
    await story.settle();
  });

  it("the same call for ever: a hint at the third, the end at the fifth", async () => {
    const story = await openStory({ wire, files, answers: () => called(wire, "read", { path: "notes.txt" }) });
    expect(await story.run()).toMatchObject({ reason: "repeated_call", detail: expect.stringContaining("read") });
    expect(story.server.generations()).toHaveLength(5);
    const texts = story.items("tool_call").map(({ result }) => result!.text);
    expect(texts.map((text) => /same call \d+ times/.test(text))).toEqual([false, false, true, false, false]);
    await story.settle();
  });

  it("an overflow drops the oldest outputs, takes the window from the server's words and goes on", async () => {
    const long = (letter: string) => Array.from({ length: 120 }, (_, line) => `${letter} ${line}`).join("\n");
    const answers = [
      called(wire, "read", { path: "a.txt" }),
      called(wire, "read", { path: "b.txt" }),
      called(wire, "read", { path: "c.txt" }),
      overflowAnswer(1500, 1600),
      called(wire, "find", { pattern: "*.none" }),
      { text: "Done with it." },
    ];
    const story = await openStory({
      wire,
      files: { "a.txt": long("alpha"), "b.txt": long("beta"), "c.txt": long("gamma") },
      answers,
      thread: {},
    });
    expect(await story.run()).toMatchObject({ reason: "done" });
    const [compaction, ...more] = story.items("context_compaction");
    expect(more).toEqual([]);
    expect(compaction?.reason).toContain("1600");
    const reads = story.items("tool_call").filter(({ call }) => call.name === "read");
    expect(compaction?.pruned[0]?.itemId).toBe(reads[0]!.id);
    expect(lastShown(story)).not.toContain("alpha 100");
    expect(lastShown(story)).toContain("gamma 100");
    expect(reads[0]?.result?.text).toContain("alpha 100");
    const limits = story.server
      .generations()
      .map(({ body }) => Number(body[wire === "raw" ? "n_predict" : "max_tokens"]));
    expect(limits[0]).toBe(4096);
    expect(limits.slice(4)).toEqual([512, 512]);
    await story.settle();
  });

  it("an answer that the end of the window cuts is an overflow, once", async () => {
    const cut: LoopbackAnswer = { text: "On and on and", finish: "length", promptTokens: 1990 };
    const long = Array.from({ length: 120 }, (_, line) => `alpha ${line}`).join("\n");
    const story = await openStory({
      wire,
      files: { "a.txt": long },
      answers: [called(wire, "read", { path: "a.txt" }), cut, cut, { text: "Done with it." }],
      server: { contextTokens: 2000 },
    });
    expect(await story.run()).toMatchObject({ reason: "done" });
    expect(story.items("context_compaction")).toHaveLength(1);
    expect(story.items("agent_message").map(({ status }) => status)).toEqual(["failed", "completed", "completed"]);
    expect(lastShown(story)).not.toContain("alpha 100");
    await story.settle();
  });

  it("an overflow with nothing left to drop ends the turn with what to do", async () => {
    const story = await openStory({ wire, files, answers: [overflowAnswer(9000, 2048)] });
    expect(await story.run()).toMatchObject({ reason: "failed", detail: expect.stringContaining("2048") });
    expect(story.items("error")).toMatchObject([{ code: "context_overflow", hint: expect.any(String) }]);
    await story.settle();
  });
});
