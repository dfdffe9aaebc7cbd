import { describe, expect, it } from "vitest";
import { exitCodeOf, toJsonEvents } from "../../src/surfaces/headless.ts";
import type { Item, ThreadEvent, ToolResult } from "../../src/types/index.ts";
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
      detail: "the limit of 3 steps was reached",
      usage,
    };
    expect(toJsonEvents(event)).toMatchObject([
      { type: "turn.failed", error: { message: "the limit of 3 steps was reached" } },
    ]);
  });

  it("maps commands, file changes, plans and other calls", () => {
    expect(
      completed(
        callItem("a", 1, "shell", { command: "npm test" }, { text: "exit code 1\ncut", output: "all\n", exitCode: 1 }),
      ),
    ).toEqual({
      type: "item.completed",
      item: {
        id: "a",
        type: "command_execution",
        command: "npm test",
        aggregated_output: "all\n",
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

describe("a call's JSON item", () => {
  const both = (name: string, input: unknown, result: Partial<ToolResult>): unknown[] => {
    const item = callItem("a", 1, name, input, result);
    const { result: _, ...begun } = item;
    return [
      toJsonEvents({ type: "item.started", item: { ...begun, status: "in_progress" } })[0]!.item,
      toJsonEvents({ type: "item.completed", item })[0]!.item,
    ];
  };
  const error = { text: "no such text", isError: true };

  it("has one type and path from its start to its end, also when it fails", () => {
    const changes = [{ path: "x.js", kind: "update" as const, diff: "…" }];
    const input = { path: "x.js", old_text: "hay", new_text: "straw" };
    const change = { id: "a", type: "file_change", changes: [{ path: "x.js", kind: "update" }] };
    const begun = { ...change, status: "in_progress" };
    expect(both("edit", input, { changes })).toEqual([begun, { ...change, status: "completed" }]);
    expect(both("edit", input, error)).toEqual([
      begun,
      { ...change, status: "failed", error: { message: "no such text" } },
    ]);
  });

  it("tells what was written only when it is known", () => {
    const asked = { type: "file_change", changes: [{ path: "x.js", kind: "add" }] };
    expect(both("write", { path: "x.js", content: "" }, { text: "unchanged" })).toMatchObject([
      asked,
      { type: "file_change", changes: [], status: "completed" },
    ]);
    expect(both("write", "{", error)).toMatchObject([
      { type: "file_change", changes: [] },
      { type: "file_change", changes: [], status: "failed" },
    ]);
  });

  it("has the plan from its start on", () => {
    const items = [{ text: "look", completed: false }];
    const list = { id: "a", type: "todo_list", items };
    expect(both("todo", { items }, { todos: items })).toEqual([list, list]);
    expect(both("todo", { items: "look" }, error)).toMatchObject([
      { type: "todo_list", items: [] },
      { type: "todo_list", items: [], status: "failed" },
    ]);
  });

  it("of a command has what it printed, and nothing else; what never ran says why", () => {
    const begun = { type: "command_execution", aggregated_output: "", status: "in_progress" };
    expect(both("shell", { command: "true" }, { text: "exit code 0, no output", output: "", exitCode: 0 })).toEqual([
      { id: "a", command: "true", exit_code: null, ...begun },
      { id: "a", command: "true", exit_code: 0, ...begun, status: "completed" },
    ]);
    const refused = { text: "It may not run.", isError: true, refused: true } as const;
    expect(both("shell", { command: "true" }, refused)).toMatchObject([
      begun,
      { ...begun, status: "failed", error: { message: "It may not run." } },
    ]);
  });

  it("of a tool that nobody has is a tool_call", () => {
    expect(both("toString", {}, error)).toMatchObject([{ type: "tool_call" }, { type: "tool_call", status: "failed" }]);
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
