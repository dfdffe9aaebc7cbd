import { describe, expect, it } from "vitest";
import { choosePruned } from "../../src/context/index.ts";
import { callItem, userItem } from "../support/items.ts";

const items = [
  userItem("u", "go"),
  callItem("old", 1, "read", {}, { text: "x".repeat(4000) }),
  callItem("short", 2, "read", {}, { text: "ok" }),
  callItem("new", 3, "read", {}, { text: "y".repeat(4000) }),
];

describe("choosePruned", () => {
  it("drops the oldest output first and stops when the rest is expected to fit", () => {
    const pruned = choosePruned({ items, promptTokens: 2000, promptChars: 8000, targetTokens: 1200 });
    expect(pruned.map((entry) => entry.itemId)).toEqual(["old"]);
    expect(pruned[0]!.note).toContain("read succeeded");
    expect(pruned[0]!.note).not.toContain("\n");
  });

  it("drops all that is worth it when much is too long, and leaves short outputs alone", () => {
    const pruned = choosePruned({ items, promptTokens: 2000, promptChars: 8000, targetTokens: 10 });
    expect(pruned.map((entry) => entry.itemId)).toEqual(["old", "new"]);
  });

  it("does not drop the same output twice", () => {
    const compaction = {
      type: "context_compaction" as const,
      id: "c",
      step: 0,
      status: "completed" as const,
      reason: "",
      pruned: choosePruned({ items, promptTokens: 2000, promptChars: 8000, targetTokens: 10 }),
    };
    expect(
      choosePruned({ items: [...items, compaction], promptTokens: 2000, promptChars: 8000, targetTokens: 10 }),
    ).toEqual([]);
  });
});
