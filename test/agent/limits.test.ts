import { describe, expect, it } from "vitest";
import { called, lastShown, openStory, shown, tagged, WIRES } from "../support/agent.ts";

const files = { "notes.txt": "the answer is 42\n" };
const hanging = { text: "Quokkas say that it is", chunkSize: 4, hang: true };

describe.each(WIRES)("a turn, on the %s wire", (wire) => {
  it("is interrupted in the middle of an answer: the socket closes, the half stays out of the next prompt", async () => {
    const story = await openStory({ wire, files, answers: [hanging, { text: "Hello again." }] });
    const end = await story.run("First.", (event, { started }) => {
      if (event.type === "item.delta") started.thread.submit({ type: "interrupt" });
    });
    expect(end).toMatchObject({ reason: "interrupted" });
    expect(story.items("agent_message")).toMatchObject([{ status: "failed", text: expect.stringMatching(/^Quok/) }]);
    await expect.poll(() => story.server.generations()[0]?.closedAt).toBeDefined();
    expect(await story.run("Second.")).toMatchObject({ reason: "done" });
    expect(lastShown(story)).toContain("First.");
    expect(lastShown(story)).not.toContain("Quok");
    await story.settle();
  });

  it("is interrupted in the middle of a command: what it printed is kept, what follows is not run", async () => {
    const command = "echo begun; while true; do sleep 0.05; done";
    const write = { path: "made.txt", content: "x" };
    const both =
      wire === "raw"
        ? { text: `${tagged("shell", { command })}\n${tagged("write", write)}` }
        : { calls: [...called(wire, "shell", { command }).calls!, ...called(wire, "write", write).calls!] };
    const story = await openStory({ wire, files, answers: [both, { text: "Hello again." }] });
    const end = await story.run("First.", (event, { started }) => {
      if (event.type === "item.delta" && event.kind === "output") started.thread.submit({ type: "interrupt" });
    });
    expect(end).toMatchObject({ reason: "interrupted" });
    expect(story.items("tool_call")).toMatchObject([
      { result: { isError: true, text: expect.stringContaining("begun") } },
      { result: { isError: true } },
    ]);
    expect(() => story.read("made.txt")).toThrow();
    expect(story.server.generations()).toHaveLength(1);
    expect(await story.run("Second.")).toMatchObject({ reason: "done" });
    await story.settle();
  });

  it("is interrupted before a call of the answer runs: the call is closed as failed and answered", async () => {
    const read = called(wire, "read", { path: "notes.txt" });
    const story = await openStory({ wire, files, answers: [read, { text: "Hello again." }] });
    const end = await story.run("First.", (event, { started }) => {
      if (event.type === "step.completed") started.thread.submit({ type: "interrupt" });
    });
    expect(end).toMatchObject({ reason: "interrupted" });
    expect(story.items("tool_call")).toMatchObject([{ status: "failed", result: { isError: true } }]);
    expect(await story.run("Second.")).toMatchObject({ reason: "done" });
    await story.settle();
  });

  it("is interrupted while the server loads", async () => {
    const story = await openStory({ wire, files, answers: [] });
    story.server.loading = Number.POSITIVE_INFINITY;
    const run = story.run("First.");
    await expect.poll(() => story.server.requests.filter(({ path }) => path === "/health").length).toBeGreaterThan(0);
    story.started.thread.submit({ type: "interrupt" });
    expect(await run).toMatchObject({ reason: "interrupted" });
    story.server.loading = 0;
    await story.settle();
  });

  it("ends after its steps", async () => {
    const answers = (_: unknown, number: number) => called(wire, "read", { path: `missing-${number}.txt` });
    const story = await openStory({ wire, answers, thread: { limits: { maxSteps: 3 } } });
    expect(await story.run()).toMatchObject({ reason: "max_steps", detail: expect.stringContaining("3") });
    expect(story.server.generations()).toHaveLength(3);
    await story.settle();
  });

  it("ends after its time", async () => {
    const story = await openStory({ wire, answers: [hanging], thread: { limits: { maxSeconds: 0.3 } } });
    expect(await story.run()).toMatchObject({ reason: "max_time", detail: expect.stringContaining("0.3") });
    await story.settle();
  });

  it.each([0.0005, 1e9])("takes %s seconds as a limit that a timer can hold", async (maxSeconds) => {
    const answers = () => ({ text: "Hello.", delayMs: 20 });
    const story = await openStory({ wire, answers, thread: { limits: { maxSeconds } } });
    expect(await story.run()).toMatchObject({ reason: maxSeconds < 1 ? "max_time" : "done" });
  });

  it("that has just ended hands a late steer on to the next", async () => {
    const story = await openStory({ wire, answers: [{ text: "It is 42." }, { text: "Oui, 42." }] });
    const { thread } = story.started;
    const ended: number[] = [];
    thread.subscribe((event) => {
      if (event.type !== "turn.completed") return;
      if (ended.push(event.turn) === 1) thread.submit({ type: "steer", text: "Answer in French." });
    });
    await story.run();
    await expect.poll(() => ended).toEqual([1, 2]);
    expect(lastShown(story)).toContain("Answer in French.");
    await story.settle();
  });

  it("takes a steer before the next step", async () => {
    const read = called(wire, "read", { path: "notes.txt" });
    const story = await openStory({ wire, files, answers: [read, { text: "Oui, 42." }] });
    await story.run("First.", (event, { started }) => {
      if (event.type === "item.started" && event.item.type === "tool_call")
        started.thread.submit({ type: "steer", text: "Answer in French." });
    });
    const [first, second] = story.server.generations();
    expect(shown(first!)).not.toContain("Answer in French.");
    expect(shown(second!)).toContain("Answer in French.");
    expect(story.items("user_message").map(({ text }) => text)).toEqual(["First.", "Answer in French."]);
    await story.settle();
  });

  it("goes on for a steer that comes during its last answer", async () => {
    const story = await openStory({ wire, files, answers: [{ text: "It is 42." }, { text: "Oui, 42." }] });
    let steered = false;
    const end = await story.run("First.", (event, { started }) => {
      if (event.type !== "item.delta" || steered) return;
      steered = true;
      started.thread.submit({ type: "steer", text: "Answer in French." });
    });
    expect(end).toMatchObject({ reason: "done" });
    expect(story.items("agent_message").map(({ text }) => text)).toEqual(["It is 42.", "Oui, 42."]);
    expect(lastShown(story)).toContain("Answer in French.");
    await story.settle();
  });

  it("does not run what stands after a command that failed", async () => {
    const write = { path: "made.txt", content: "x" };
    const both =
      wire === "raw"
        ? { text: `${tagged("shell", { command: "exit 3" })}\n${tagged("write", write)}` }
        : { calls: [...called(wire, "shell", { command: "exit 3" }).calls!, ...called(wire, "write", write).calls!] };
    const story = await openStory({ wire, answers: [both, { text: "It failed." }, { text: "It failed." }] });
    expect(await story.run()).toMatchObject({ reason: "done" });
    expect(story.items("tool_call")).toMatchObject([{ result: { exitCode: 3 } }, { result: { isError: true } }]);
    expect(() => story.read("made.txt")).toThrow();
    await story.settle();
  });
});
