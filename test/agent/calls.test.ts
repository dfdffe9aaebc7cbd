import { describe, expect, it } from "vitest";
import { runCalls } from "../../src/agent/calls.ts";
import { createItemRecord } from "../../src/agent/record.ts";
import type { Item, ItemOf, Tool, ToolResult } from "../../src/types/index.ts";

const nothing: ToolResult = { text: "", isError: false };

function tool(name: string, readOnly: boolean, run: Tool["run"]): Tool {
  return { spec: { name, description: "", parameters: { type: "object", properties: {} } }, readOnly, run };
}

function calls(...names: readonly string[]): ItemOf<"tool_call">[] {
  return names.map((name, index) => ({
    type: "tool_call",
    id: `item_${index}`,
    step: 1,
    status: "in_progress",
    call: { id: `call${index}`, name, arguments: "{}" },
    notation: "native",
    repairs: [],
  }));
}

async function run(items: ItemOf<"tool_call">[], tools: readonly Tool[]) {
  const completed: Item[] = [];
  const record = createItemRecord({
    items,
    emit: (event) => event.type === "item.completed" && completed.push(event.item),
    write: async () => {},
  });
  const refuse = async () => ({ output: "", exitCode: undefined, timedOut: false, cancelled: false, refused: "no" });
  await runCalls(items, {
    record,
    tools,
    context: { workspace: "/", outputLimit: 1000, seen: new Map(), runCommand: refuse, forbidden: [] },
    signal: new AbortController().signal,
    answerTokens: 100,
  });
  return completed.map((item) => (item.type === "tool_call" ? `${item.call.name}: ${item.result?.text}` : ""));
}

describe("the calls of one answer", () => {
  it("read-only ones run side by side, and their results are in call order", async () => {
    // The first waits for the second: one after the other they would never end.
    const second = Promise.withResolvers<void>();
    const tools = [
      tool("slow", true, async () => {
        await second.promise;
        return { text: "slow", isError: false };
      }),
      tool("fast", true, async () => {
        second.resolve();
        return { text: "fast", isError: false };
      }),
    ];
    expect(await run(calls("slow", "fast"), tools)).toEqual(["slow: slow", "fast: fast"]);
  });

  it("those that change something wait for what stands before them, and hold up what follows", async () => {
    const log: string[] = [];
    const logged = (name: string, readOnly: boolean) =>
      tool(name, readOnly, async () => {
        log.push(`${name} begins`);
        await new Promise((resolve) => setTimeout(resolve, 5));
        log.push(`${name} ends`);
        return nothing;
      });
    await run(calls("look", "change", "look"), [logged("look", true), logged("change", false)]);
    expect(log).toEqual(["look begins", "look ends", "change begins", "change ends", "look begins", "look ends"]);
  });
});
