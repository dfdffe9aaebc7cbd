import type { Item, JournalRecord, ThreadHeader, Usage } from "../../src/types/index.ts";

const usage: Usage = { inputTokens: 120, cachedTokens: 100, outputTokens: 12 };

/** A header of a thread for tests. */
export function headerOf(threadId: string, createdAt = 1_700_000_000_000): ThreadHeader {
  return {
    version: 1,
    threadId,
    workspace: "/w",
    createdAt,
    model: "m",
    system: "You are halter. Grüße 漢",
    tools: [],
  };
}

/** A tool call, with a result where one is given. */
export function callItem(id: string, text?: string): Item {
  return {
    type: "tool_call",
    id,
    step: 1,
    status: text === undefined ? "in_progress" : "completed",
    call: { id: `c-${id}`, name: "read", arguments: '{"path":"a.js"}' },
    notation: "fenced",
    repairs: [],
    ...(text === undefined ? {} : { result: { text, isError: false } }),
  };
}

/** What a user says. */
export function userItem(id: string, text: string): Item {
  return { type: "user_message", id, step: 0, status: "completed", origin: "user", text };
}

/** The records of one turn with two calls, in the order a run writes them. */
export function oneTurn(): JournalRecord[] {
  return [
    { type: "turn_started", turn: 1, at: 1 },
    { type: "item", item: userItem("u1", "mend the café 🙂") },
    { type: "wire", wire: "raw", reason: "equal" },
    { type: "step", step: 1, usage },
    { type: "item", item: callItem("t1") },
    { type: "item", item: callItem("t2") },
    { type: "item", item: callItem("t1", "line one\nline two") },
    { type: "item", item: callItem("t2", "日本語") },
    { type: "item", item: { type: "agent_message", id: "a1", step: 2, status: "completed", text: "Done." } },
    { type: "turn_completed", turn: 1, reason: "done", usage, at: 9 },
  ];
}
