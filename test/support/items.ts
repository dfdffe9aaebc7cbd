import type { Item, ItemOf, ToolResult } from "../../src/types/index.ts";

/** A completed user message. */
export function userItem(id: string, text: string): Item {
  return { type: "user_message", id, step: 0, status: "completed", text, origin: "user" };
}

/** A completed message of the model. */
export function textItem(id: string, step: number, text: string): Item {
  return { type: "agent_message", id, step, status: "completed", text };
}

/** A completed call with its result. */
export function callItem(
  id: string,
  step: number,
  name: string,
  input: unknown,
  result: Partial<ToolResult>,
): ItemOf<"tool_call"> {
  return {
    type: "tool_call",
    id,
    step,
    status: "completed",
    call: { id: `call_${id}`, name, arguments: typeof input === "string" ? input : JSON.stringify(input) },
    notation: "native",
    repairs: [],
    result: { text: "", isError: false, ...result },
  };
}

/** How the result of a call begins that was not run. */
const REFUSED = /^(?:Not run\b|This command was not run\b)/;

/** Calls that the model wrote as text and that their tools ran, whatever came of them; those that were refused are left out. */
export function textCallsRun(items: readonly Item[]): ItemOf<"tool_call">[] {
  return items.filter(
    (item): item is ItemOf<"tool_call"> =>
      item.type === "tool_call" &&
      (item.notation === "fenced" || item.notation === "bare") &&
      item.status === "completed" &&
      item.result !== undefined &&
      !REFUSED.test(item.result.text),
  );
}
