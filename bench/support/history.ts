import type { RenderValue } from "../../src/templates/engine.ts";

/** A sentence of code and prose, as agents' histories hold them. */
const LINE = 'const total = items.reduce((sum, item) => sum + item.price, 0); // "sum" of <all> prices & taxes\n';

/** Messages of one step of an agent: what it thought and called, and what came back. */
const STEP = 2;

export const HISTORY_TOOLS: RenderValue = ["read", "write", "edit", "search", "run"].map((name) => ({
  type: "function",
  function: {
    name,
    description: `Uses ${name} on a file of the workspace. ${LINE}`,
    parameters: {
      type: "object",
      properties: { path: { type: "string", description: "Path in the workspace." }, limit: { type: "integer" } },
      required: ["path"],
    },
  },
}));

/** An agent's history: a system and a user message, then calls and their results, about `characters` long, always the same. */
export function agentHistory(messages: number, characters: number): RenderValue[] {
  const each = Math.round(characters / messages);
  const text = (seed: number, length: number) =>
    LINE.repeat(Math.ceil(length / LINE.length) + 1).slice(seed % 40, (seed % 40) + length);
  const history: RenderValue[] = [
    { role: "system", content: text(0, each) },
    { role: "user", content: text(1, each) },
  ];
  while (history.length < messages) {
    const at = history.length;
    const call = { name: "read", arguments: { path: `src/file-${at}.ts`, limit: at } };
    history.push({
      role: "assistant",
      content: "",
      reasoning_content: text(at, Math.round(each / STEP)),
      tool_calls: [{ id: `call${String(at).padStart(5, "0")}`, type: "function", function: call }],
    });
    history.push({
      role: "tool",
      tool_call_id: `call${String(at).padStart(5, "0")}`,
      name: "read",
      content: text(at, each + Math.round(each / STEP)),
    });
  }
  return history;
}
