import { describe, expect, it } from "vitest";
import { createProgress } from "../../src/surfaces/cli/progress.ts";
import type { Item, StopReason, ThreadEvent } from "../../src/types/index.ts";
import { callItem, textItem } from "../support/items.ts";

const usage = { inputTokens: 10, cachedTokens: 4, outputTokens: 3 };
const completed = (item: Item): ThreadEvent => ({ type: "item.completed", item });
const end = (reason: StopReason, detail?: string): ThreadEvent => ({
  type: "turn.completed",
  turn: 1,
  reason,
  usage,
  ...(detail !== undefined && { detail }),
});

/** What was written for these events, and the answer. The clock goes a second ahead each time it is read. */
function show(events: readonly ThreadEvent[], isTerminal = false): { text: string; answer: string } {
  let text = "";
  let clock = 0;
  const progress = createProgress({
    write: (part) => {
      text += part;
    },
    color: false,
    isTerminal,
    columns: () => 40,
    now: () => (clock += 1000),
  });
  for (const event of events) progress.see(event);
  progress.stop();
  return { text, answer: progress.answer };
}

describe("progress", () => {
  it("keeps the last words of a good turn for stdout", () => {
    const { text, answer } = show([
      completed(textItem("a", 1, "I look first.")),
      completed(callItem("b", 1, "read", { path: "x.js" }, { text: "1 hay" })),
      completed(textItem("c", 2, " Done. ")),
      end("done"),
    ]);
    expect(answer).toBe("Done.");
    expect(text).toMatch(/^I look first\.\n• read x\.js\n/);
    expect(text).not.toContain("Done.");
    expect(text).not.toContain("1 hay");
  });

  it("shows them above the reason where the turn ended badly", () => {
    const { text, answer } = show([
      completed(textItem("a", 1, "Half done.")),
      end("max_steps", "the limit of 1 step was reached"),
    ]);
    expect(answer).toBe("");
    expect(text).toMatch(/^Half done\.\nstopped: the limit of 1 step was reached\n/);
  });

  it("shows changes with their diff, the end of what commands say, and the beginning of what failed calls do", () => {
    const diff = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-straw\n+hay\n";
    const output = Array.from({ length: 20 }, (_, index) => `line ${index}`).join("\n");
    const { text } = show([
      completed(callItem("a", 1, "edit", { path: "x" }, { changes: [{ path: "x", kind: "update", diff }] })),
      completed(callItem("b", 1, "shell", { command: "npm test" }, { text: output, exitCode: 1 })),
      completed(callItem("c", 1, "read", { path: "y" }, { text: `There is no y.\n${output}`, isError: true })),
    ]);
    expect(text).toContain("• edit x\n  @@ -1 +1 @@\n  -straw\n  +hay\n");
    expect(text).toContain("✗ shell npm test\n  line 14\n");
    expect(text).not.toContain("line 13\n");
    expect(text).toContain("✗ read y\n  There is no y.\n");
    expect(text).not.toContain("There is no y.\n  line");
  });

  it("shows changed lines that look like the header of a diff", () => {
    const diff = "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n--- drop all\n+++x;\n select 1;\n";
    const { text } = show([
      completed(callItem("a", 1, "edit", { path: "x" }, { changes: [{ path: "x", kind: "update", diff }] })),
    ]);
    expect(text).toContain("• edit x\n  @@ -1,2 +1,2 @@\n  --- drop all\n  +++x;\n   select 1;\n");
  });

  it("shows every word of why a command was refused", () => {
    const text = `This command was not run. ${"Allow it. ".repeat(30)}`;
    expect(show([completed(callItem("a", 1, "shell", {}, { text, isError: true, refused: true }))]).text).toContain(
      text,
    );
  });

  it("lets no words drive the terminal", () => {
    const evil = "\u001b[2J\u009b2Jboo\u0007";
    const { text } = show([
      { type: "thread.started", threadId: "t", workspace: evil, model: evil },
      { type: "wire.chosen", wire: "chat", reason: evil },
      completed(textItem("a", 1, evil)),
      completed(callItem("b", 1, "shell", { command: evil }, { text: evil, exitCode: 0 })),
      completed(callItem("d", 1, evil, {}, { text: evil, isError: true })),
      completed({
        id: "c",
        step: 1,
        type: "error",
        status: "completed",
        code: "server_error",
        message: evil,
        hint: evil,
      }),
      end("failed", evil),
    ]);
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    expect(text.match(/boo/g)!.length).toBeGreaterThanOrEqual(10);
  });

  it("counts what is written in tokens", () => {
    const delta: ThreadEvent = { type: "item.delta", itemId: "a", kind: "text", text: "hay" };
    expect(show([delta, delta]).text).toBe("");
    expect(show([delta, delta], true).text).toContain("writing: about 2 tokens");
  });

  it("writes one line over on a terminal, and wipes it away", () => {
    const progress: ThreadEvent = {
      type: "step.progress",
      step: 1,
      processed: 512,
      total: 4096,
      cached: 256,
    } as ThreadEvent;
    const { text } = show([progress, progress, end("done")], true);
    const line = "\r\u001b[2Kreading the prompt: 512 of 4096 tokens,";
    expect(text.startsWith(`${line}${line}\r\u001b[2K0 steps`)).toBe(true);
  });
});
