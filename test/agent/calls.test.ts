import { describe, expect, it } from "vitest";
import { runCalls } from "../../src/agent/calls.ts";
import { createItemRecord } from "../../src/agent/record.ts";
import { HalterError, type Item, type ItemOf, type Tool, type ToolResult } from "../../src/types/index.ts";

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

async function run(
  items: ItemOf<"tool_call">[],
  tools: readonly Tool[],
  signal: AbortSignal = new AbortController().signal,
) {
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
    signal,
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

  it("a tool that throws fails its own call alone", async () => {
    const broken = tool("broken", true, async () => {
      throw new TypeError("no such thing");
    });
    const fine = tool("fine", true, async () => ({ text: "fine", isError: false }));
    const results = await run(calls("broken", "fine"), [broken, fine]);
    expect(results).toEqual(["broken: The tool failed: no such thing. Try another way.", "fine: fine"]);
  });

  it("what the world fails at, and an interruption, end them all", async () => {
    const full = new HalterError("disk_full", "the disk is full", { hint: "Free some space." });
    const failing = tool("write", false, async () => Promise.reject(full));
    await expect(run(calls("write"), [failing])).rejects.toBe(full);
    const controller = new AbortController();
    const slow = tool("slow", false, async (_, { signal }) => {
      controller.abort();
      signal.throwIfAborted();
      return nothing;
    });
    await expect(run(calls("slow"), [slow], controller.signal)).rejects.toThrow("aborted");
  });

  it.each([
    ["text", { text: "a\0b" }],
    ["list", { list: [{ text: "a\0b" }] }],
  ])("one with a NUL character in its %s is not run", async (parameter, input) => {
    const taking: Tool = {
      ...tool("take", true, async () => ({ text: "taken", isError: false })),
      spec: {
        name: "take",
        description: "",
        parameters: { type: "object", properties: { text: { type: "string" }, list: { type: "array" } } },
      },
    };
    const [item] = calls("take");
    for (const notation of ["native", "check"] as const) {
      const made = { ...item!, notation, call: { ...item!.call, arguments: JSON.stringify(input) } };
      const [result] = await run([made], [taking]);
      expect(result).toContain(`Not run: ${parameter} holds a NUL character`);
    }
    expect(await run([{ ...item!, call: { ...item!.call, arguments: '{"text": "\\\\u0000"}' } }], [taking])).toEqual([
      "take: taken",
    ]);
  });
});
