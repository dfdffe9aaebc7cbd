import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { resumeThread, type StartedThread } from "../../src/agent/index.ts";
import { discover } from "../../src/backends/index.ts";
import type { Item, Usage } from "../../src/types/index.ts";
import { callItem } from "../support/items.ts";
import { baseUrl, idleSlot, liveThread, runTurn, skipReason } from "../support/live.ts";

/** What a person would call the same: kind, words, call. */
const shapeOf = (items: readonly Item[]): unknown[] =>
  items.map((item) =>
    item.type === "tool_call"
      ? [item.type, item.call.name, item.call.arguments, item.notation]
      : [item.type, "text" in item ? item.text : ""],
  );

describe.skipIf(skipReason !== undefined)(`a real engine${skipReason ? `: ${skipReason}` : ""}`, () => {
  it("is discovered with its facts", async () => {
    const backend = await discover({ baseUrl, now: Date.now });
    expect(backend.info).toMatchObject({
      kind: "llama-server",
      contextTokens: 8192,
      slots: 1,
      wires: ["raw", "chat"],
      isRouter: false,
    });
    expect(backend.info.chatTemplate).toContain("<tool_call>");
    expect(await backend.countTokens?.("<|im_start|>")).toBe(1);
    await backend.close();
  });

  it("gives the same items on both wires", async () => {
    const shapes = [];
    for (const wire of ["raw", "chat"] as const) {
      const started = await liveThread({ wire, limits: { maxSteps: 1, answerTokens: 200 } });
      writeFileSync(path.join(started.folder, "note.txt"), "The word is marmalade.\n");
      await runTurn(started, "Call read for the file called note with the ending txt. Say nothing else.");
      shapes.push(shapeOf(started.thread.items.filter((item) => item.step === 1 && item.type !== "user_message")));
    }
    expect(shapes[0]!.length).toBeGreaterThan(0);
    expect(shapes[0]).toEqual(shapes[1]);
  });

  it("is free again at once when a turn is interrupted while the prompt is read, and while the answer is written", async () => {
    const long = Array.from({ length: 600 }, (_, index) => `line ${index} of a long story`).join("\n");
    for (const [task, moment] of [
      [long, "step.progress"],
      ["Count from 1 to 300 in words.", "item.delta"],
    ] as const) {
      const started = await liveThread({ limits: { maxSteps: 1 } });
      let interrupted = false;
      const end = await runTurn(started, task, (event) => {
        if (event.type !== moment || interrupted) return;
        interrupted = true;
        started.thread.submit({ type: "interrupt" });
      });
      expect(interrupted).toBe(true);
      expect(end.reason).toBe("interrupted");
      // The prompt has about 6,000 tokens and the answer 1,000; some batches of 512 may be under way when the socket closes.
      const { heldTokens, decodedTokens } = await idleSlot();
      expect(heldTokens).toBeLessThan(4000);
      expect(decodedTokens).toBeLessThan(100);
    }
  });

  it("answers a prompt that does not fit with its true window, and the thread goes on without old outputs", async () => {
    const started = await liveThread({ limits: { maxSteps: 3, answerTokens: 64 } });
    const items = started.thread.items as Item[];
    items.push(
      callItem(
        "item_900",
        1,
        "read",
        { path: "a.txt" },
        { text: "many words that fill the window of the server\n".repeat(1200) },
      ),
    );
    const end = await runTurn(started, "Say: ready.");
    const compaction = started.thread.items.find((item) => item.type === "context_compaction");
    expect(compaction).toMatchObject({ reason: expect.stringMatching(/over a context of 8192/) as unknown });
    expect(["done", "length", "max_steps"]).toContain(end.reason);
  });

  it("reads only what is new on the next turn, in a resumed thread as well", async () => {
    const limits = { maxSteps: 2, answerTokens: 32 };
    const sampling = { temperature: 1.5, seed: 3 };
    const started = await liveThread({ wire: "raw", limits, sampling });
    await runTurn(started, "Make up a long word, and say it three times.");
    const isRead = ({ inputTokens, cachedTokens }: Usage) => {
      expect(inputTokens).toBeGreaterThan(800);
      expect(inputTokens - cachedTokens).toBeLessThan(60);
    };
    isRead(await firstUsage(started, "Make up another one."));
    await started.thread.close();
    const { folder, stateDir } = started;
    const backend = await discover({ baseUrl, now: Date.now });
    const resumed = await resumeThread(started.thread.id, { backend, workspace: folder, stateDir, limits, sampling });
    isRead(await firstUsage(resumed, "And one more."));
    await resumed.thread.close();
  });
});

/** What the first step of a turn read. */
async function firstUsage(started: StartedThread, task: string): Promise<Usage> {
  const seen: Usage[] = [];
  await runTurn(started, task, (event) => {
    if (event.type === "step.completed") seen.push(event.usage);
  });
  return seen[0]!;
}
