import { describe, expect, it } from "vitest";
import { exitCodeOf, toJsonEvents } from "../../src/surfaces/headless.ts";
import type { Item, ThreadEvent } from "../../src/types/index.ts";
import { callItem, textItem } from "../support/items.ts";

const usage = { inputTokens: 10, cachedTokens: 4, outputTokens: 3 };
const completed = (item: Item): unknown => toJsonEvents({ type: "item.completed", item })[0];

describe("json events", () => {
  it("has the names and fields of codex exec --json", () => {
    const events: ThreadEvent[] = [
      { type: "thread.started", threadId: "t1", workspace: "w", model: "m" },
      { type: "turn.started", turn: 1 },
      { type: "turn.completed", turn: 1, reason: "done", usage },
    ];
    expect(events.flatMap(toJsonEvents)).toEqual([
      { type: "thread.started", thread_id: "t1" },
      { type: "turn.started" },
      { type: "turn.completed", usage: { input_tokens: 10, cached_input_tokens: 4, output_tokens: 3 } },
    ]);
  });

  it("says why a turn failed", () => {
    const event: ThreadEvent = {
      type: "turn.completed",
      turn: 1,
      reason: "max_steps",
      detail: "stopped after 3 steps",
      usage,
    };
    expect(toJsonEvents(event)).toMatchObject([{ type: "turn.failed", error: { message: "stopped after 3 steps" } }]);
  });

  it("maps commands, file changes, plans and other calls", () => {
    expect(
      completed(callItem("a", 1, "shell", { command: "npm test" }, { text: "cut", fullText: "all", exitCode: 1 })),
    ).toEqual({
      type: "item.completed",
      item: {
        id: "a",
        type: "command_execution",
        command: "npm test",
        aggregated_output: "all",
        exit_code: 1,
        status: "failed",
      },
    });
    const changes = [{ path: "x.js", kind: "update" as const, diff: "…" }];
    expect(completed(callItem("b", 1, "edit", {}, { changes }))).toEqual({
      type: "item.completed",
      item: { id: "b", type: "file_change", changes: [{ path: "x.js", kind: "update" }], status: "completed" },
    });
    const todos = [{ text: "look", completed: true }];
    expect(completed(callItem("c", 1, "todo", {}, { todos }))).toMatchObject({
      item: { type: "todo_list", items: todos },
    });
    expect(completed(callItem("d", 1, "read", { path: "x" }, { text: "text", isError: true }))).toMatchObject({
      item: { type: "tool_call", name: "read", output: "text", status: "failed" },
    });
    expect(completed(textItem("e", 1, "Done."))).toEqual({
      type: "item.completed",
      item: { id: "e", type: "agent_message", text: "Done." },
    });
  });
});

describe("exit codes", () => {
  it("are 0 for done alone", () => {
    expect(exitCodeOf("done")).toBe(0);
    expect(exitCodeOf("empty_answer")).toBe(1);
    expect(exitCodeOf("failed")).toBe(1);
    expect(exitCodeOf("repeated_call")).toBe(3);
    expect(exitCodeOf("interrupted")).toBe(130);
  });
});
