import { describe, expect, it } from "vitest";
import { discover } from "../../../src/backends/index.ts";
import { called, openStory, WIRES } from "../../support/agent.ts";
import { type Loopback, startLoopback } from "../../support/loopback.ts";

const files = { "notes.txt": "the answer is 42\n" };

describe.each(WIRES)("a server that loads its model, on the %s wire", (wire) => {
  it("is waited for when it begins to load after the thread was opened", async () => {
    const story = await openStory({ wire, files, answers: [{ text: "Here I am." }] });
    story.server.loading = 3;
    expect(await story.run()).toMatchObject({ reason: "done" });
    expect(story.items("error")).toEqual([]);
    await story.settle();
  });

  it("is waited for in the middle of a turn, which the events tell", async () => {
    let server: Loopback | undefined;
    const story = await openStory({
      wire,
      files,
      answers: (_, number) => {
        if (number > 1) return { text: "It is 42." };
        server!.loading = 3;
        return called(wire, "read", { path: "notes.txt" });
      },
    });
    server = story.server;
    expect(await story.run()).toMatchObject({ reason: "done" });
    expect(story.events).toContainEqual(expect.objectContaining({ type: "step.waiting", reason: "loading" }));
    expect(story.items("agent_message").at(-1)).toMatchObject({ text: "It is 42." });
    await story.settle();
  });

  it("for ever is given up after the limit, with a clear message", async () => {
    const story = await openStory({
      wire,
      files,
      answers: [],
      connect: { loadingSeconds: 0.2 },
    });
    story.server.loading = Number.POSITIVE_INFINITY;
    expect(await story.run()).toMatchObject({ reason: "failed", detail: expect.stringContaining("loading") });
    expect(story.items("error")).toMatchObject([{ code: "server_loading", hint: expect.any(String) }]);
    story.server.loading = 0;
    await story.settle();
  });

  it("can be used again in the next turn, after it was given up in the first", async () => {
    const story = await openStory({
      wire,
      files,
      answers: [{ text: "Here I am." }],
      connect: { loadingSeconds: 0.2 },
    });
    story.server.loading = Number.POSITIVE_INFINITY;
    await story.run();
    story.server.loading = 0;
    expect(await story.run("Again.")).toMatchObject({ reason: "done" });
    await story.settle();
  });
});

describe("connecting", () => {
  it("waits for a server that loads", async () => {
    const story = await openStory({ answers: [{ text: "Here I am." }], server: { loading: 3 } });
    expect(await story.run()).toMatchObject({ reason: "done" });
    await story.settle();
  });

  it("gives up a server that loads for ever", async () => {
    const server = await startLoopback({ loading: Number.POSITIVE_INFINITY });
    try {
      const connecting = discover({ baseUrl: server.baseUrl, now: () => performance.now(), loadingSeconds: 0.2 });
      await expect(connecting).rejects.toMatchObject({
        code: "server_loading",
        message: expect.stringContaining("0.2 s"),
      });
    } finally {
      await server.close();
    }
  });
});
