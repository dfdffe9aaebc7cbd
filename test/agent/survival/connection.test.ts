import { describe, expect, it } from "vitest";
import { createScriptedBackend } from "../../../src/backends/index.ts";
import { type Backend, HalterError } from "../../../src/types/index.ts";
import { called, lastShown, openStory, shown, tagged, WIRES } from "../../support/agent.ts";
import { LOOPBACK_TEMPLATE, type LoopbackRequest } from "../../support/loopback.ts";

const files = { "notes.txt": "the answer is 42\n" };
const write = { path: "made.txt", content: "x\n" };

/** What makes two requests the same for a server at temperature 0. */
const essence = ({ body }: LoopbackRequest) =>
  JSON.stringify([body.prompt, body.messages, body.temperature, body.seed]);

/** A backend whose first answer stops without `done`. */
function withoutDone(backend: Backend): Backend {
  let asked = 0;
  return {
    ...backend,
    async *generate(request) {
      const isFirst = ++asked === 1;
      for await (const delta of backend.generate(request)) if (!isFirst || delta.type !== "done") yield delta;
    },
  };
}

describe.each(WIRES)("a connection that is cut, on the %s wire", (wire) => {
  it("in the middle of text: the step is repeated once, differently, and nothing is doubled", async () => {
    const cut = { text: "The answer is about", chunkSize: 4, cutAfter: 4 };
    const story = await openStory({
      wire,
      files,
      answers: [cut, { text: "The answer is 42." }],
      thread: { sampling: { temperature: 0, seed: 7 } },
    });
    expect(await story.run()).toMatchObject({ reason: "done" });
    const [first, second, ...more] = story.server.generations();
    expect(more).toEqual([]);
    expect(shown(second!)).toBe(shown(first!));
    expect(essence(second!)).not.toBe(essence(first!));
    expect(second?.body.temperature).toBeGreaterThan(0);
    expect(story.items("agent_message")).toMatchObject([
      { status: "failed", text: expect.stringMatching(/^The answ/) },
      { status: "completed", text: "The answer is 42." },
    ]);
    await story.settle();
  });

  it("an answer that ends without its last event is no answer: the step is repeated", async () => {
    const unfinished = { text: "The answer is about", unfinished: true };
    const story = await openStory({ wire, files, answers: [unfinished, { text: "The answer is 42." }] });
    expect(await story.run()).toMatchObject({ reason: "done" });
    expect(story.items("agent_message")).toMatchObject([
      { status: "failed", text: "The answer is about" },
      { status: "completed", text: "The answer is 42." },
    ]);
    await story.settle();
  });

  it("a backend that ends without `done` has not answered either: no call of it is run", async () => {
    const said = (text: string) => (wire === "raw" ? { raw: text } : { content: text });
    const answers = [said(tagged("write", write)), said("Nothing was made.")];
    const backend = createScriptedBackend({ answers, info: { chatTemplate: LOOPBACK_TEMPLATE } });
    const story = await openStory({ wire, answers: [], thread: { backend: withoutDone(backend) } });
    expect(await story.run()).toMatchObject({ reason: "done" });
    expect(backend.requests).toHaveLength(2);
    expect(() => story.read("made.txt")).toThrow();
    expect(story.items("tool_call")).toMatchObject([{ status: "failed" }]);
    expect(story.items("agent_message")).toMatchObject([{ status: "completed", text: "Nothing was made." }]);
    await story.settle();
  });

  it("inside a call: the partial call is kept as failed and never run", async () => {
    const whole =
      wire === "raw"
        ? { text: `I make it. ${tagged("write", write)}` }
        : { text: "I make it. ", ...called(wire, "write", write) };
    const cut = { ...whole, chunkSize: 8, cutAfter: wire === "raw" ? 7 : 5 };
    const story = await openStory({
      wire,
      files,
      answers: [cut, called(wire, "read", { path: "notes.txt" }), { text: "It is 42." }],
    });
    expect(await story.run()).toMatchObject({ reason: "done" });
    expect(story.server.generations()).toHaveLength(3);
    expect(() => story.read("made.txt")).toThrow();
    const failed = story.started.thread.items.filter(({ status }) => status === "failed");
    expect(JSON.stringify(failed)).toContain("I make it.");
    expect(story.items("tool_call").filter(({ call }) => call.name === "write")).toMatchObject([{ status: "failed" }]);
    expect(lastShown(story)).not.toContain("I make it.");
    expect(lastShown(story)).not.toContain("made.txt");
    await story.settle();
  });

  it("after a whole call: that call is not run either, and the next turn does not show it", async () => {
    const whole = wire === "raw" ? { text: `${tagged("write", write)} and so` } : called(wire, "write", write);
    const length = wire === "raw" ? `${tagged("write", write)} and so`.length : 0;
    const cut = { ...whole, chunkSize: 8, cutAfter: wire === "raw" ? Math.ceil(length / 8) : 6 };
    const story = await openStory({ wire, files, answers: [cut, { text: "Hello." }, { text: "Hello again." }] });
    expect(await story.run()).toMatchObject({ reason: "done" });
    expect(() => story.read("made.txt")).toThrow();
    const again = await story.resume();
    expect(await again.run("And now?")).toMatchObject({ reason: "done" });
    expect(lastShown(again)).not.toContain("made.txt");
    await again.settle();
  });

  it("twice: the turn fails with what to do, and the next turn goes on", async () => {
    const cut = { text: "half an answer", cutAfter: 1 };
    const story = await openStory({ wire, files, answers: [cut, cut, { text: "Here I am." }] });
    expect(await story.run()).toMatchObject({ reason: "failed", detail: expect.any(String) });
    expect(story.items("error")).toMatchObject([{ code: "stream_cut", hint: expect.any(String) }]);
    expect(story.server.generations()).toHaveLength(2);
    expect(await story.run("Again.")).toMatchObject({ reason: "done" });
    expect(lastShown(story)).not.toContain("half an");
    await story.settle();
  });

  it("by the engine's crash: the turn fails at once, and the next one asks nothing more", async () => {
    const crash = async () => new HalterError("engine_crashed", "The engine was ended by SIGKILL");
    const cut = { text: "half an answer", cutAfter: 1 };
    const story = await openStory({ wire, files, answers: [cut], connect: { crash } });
    expect(await story.run()).toMatchObject({ reason: "failed", detail: "The engine was ended by SIGKILL" });
    expect(story.server.generations()).toHaveLength(1);
    await story.server.close();
    expect(await story.run("Again.")).toMatchObject({ reason: "failed", detail: "The engine was ended by SIGKILL" });
    const calls = story.trace.filter((record) => record.type === "request" && record.call > 0);
    expect(calls).toHaveLength(wire === "raw" ? 1 : 2);
    await story.settle();
  });

  it("an error event without [DONE] ends the turn with the server's words; what came before stays as failed", async () => {
    const errorEvent = { code: 500, message: "the GPU caught fire", type: "server_error" };
    const story = await openStory({ wire, files, answers: [{ text: "I will just", errorEvent }] });
    expect(await story.run()).toMatchObject({ reason: "failed", detail: "the GPU caught fire" });
    expect(story.items("agent_message")).toMatchObject([{ status: "failed", text: "I will just" }]);
    expect(story.items("error")).toMatchObject([{ code: "server_error", message: "the GPU caught fire" }]);
    expect(story.server.generations()).toHaveLength(1);
    await story.settle();
  });

  it("an error event after a call: each item ends once, as failed, also the words before the call", async () => {
    const reasoning = "I have to look.";
    const text = "I make it. ";
    const whole =
      wire === "raw"
        ? { text: `<think>${reasoning}</think>${text}${tagged("write", write)} and so on` }
        : { reasoning, text, ...called(wire, "write", write) };
    const errorEvent = { code: 500, message: "the GPU caught fire", type: "server_error" };
    const story = await openStory({ wire, files, answers: [{ ...whole, errorEvent }] });
    expect(await story.run()).toMatchObject({ reason: "failed" });
    const ended = story.events.flatMap((event) => (event.type === "item.completed" ? [event.item] : []));
    expect(new Set(ended.map(({ id }) => id)).size).toBe(ended.length);
    const ofAnswer = ended.filter(({ type }) => type !== "user_message" && type !== "error");
    expect(new Set(ofAnswer.map(({ type }) => type))).toEqual(new Set(["reasoning", "agent_message", "tool_call"]));
    expect(ofAnswer.every(({ status }) => status === "failed")).toBe(true);
    await story.settle();
  });

  it.each([
    ["a busy server", { code: 503, message: "no slot available", type: "unavailable_error" }],
    ["an exhausted one", { code: 500, message: "Context size has been exceeded.", type: "server_error" }],
  ])("%s is asked once more after a pause, with the same request", async (_, error) => {
    const pauses: number[] = [];
    const pause = async (milliseconds: number) => void pauses.push(milliseconds);
    const busy = { text: "", errorEvent: error };
    const story = await openStory({ wire, files, answers: [busy, { text: "Here." }, busy, busy], thread: { pause } });
    expect(await story.run()).toMatchObject({ reason: "done" });
    const [first, second] = story.server.generations();
    expect(essence(second!)).toBe(essence(first!));
    expect(pauses).toHaveLength(1);
    expect(await story.run()).toMatchObject({ reason: "failed" });
    expect(pauses).toHaveLength(2);
    await story.settle();
  });

  it("an answer that the server's own parser rejects is asked for again, warmer", async () => {
    const message = "The model produced output that does not match the expected peg-native format";
    const errorEvent = { code: 500, message, type: "server_error" };
    const story = await openStory({ wire, files, answers: [{ text: "so so", errorEvent }, { text: "Better." }] });
    expect(await story.run()).toMatchObject({ reason: "done" });
    const [first, second] = story.server.generations();
    expect(essence(second!)).not.toBe(essence(first!));
    await story.settle();
  });
});
