import { describe, expect, it } from "vitest";
import { solvedLine } from "../../bench/support/attempts.ts";
import { readEvents } from "../../bench/support/events.ts";
import { turnsIn } from "../../bench/support/steps.ts";
import { median, tableLines } from "../../bench/support/table.ts";
import { oneTurn } from "../support/journal.ts";

describe("a table", () => {
  it("puts numbers to the right, words to the left and a dash where nothing is known", () => {
    const rows = [
      { name: "a", count: 1234.56 },
      { name: "longer", count: undefined },
    ];
    expect(
      tableLines(
        [
          { title: "name", value: (row) => row.name },
          { title: "count", value: (row) => row.count },
        ],
        rows,
      ),
    ).toEqual(["name      count", "a       1,234.6", "longer        –"]);
  });

  it("stands without rows", () => {
    expect(tableLines([{ title: "name", value: () => 1 }], [])).toEqual(["name"]);
  });
});

describe("the median", () => {
  it("is the middle value, or the mean of the two in the middle", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNaN();
  });
});

describe("the events of a run", () => {
  const lines = [
    { type: "thread.started", thread_id: "t-1" },
    { type: "turn.started" },
    { type: "item.completed", item: { id: "1", type: "agent_message", text: "first" } },
    { type: "item.completed", item: { id: "2", type: "command_execution", aggregated_output: "" } },
    { type: "item.completed", item: { id: "3", type: "agent_message", text: "last" } },
    { type: "turn.completed", usage: { input_tokens: 300, cached_input_tokens: 250, output_tokens: 20 } },
  ];

  it("give thread, tokens and answer, whatever else is printed", () => {
    expect(readEvents(`noise\n${lines.map((line) => JSON.stringify(line)).join("\n")}\n{"type":`)).toEqual({
      threadId: "t-1",
      usage: { inputTokens: 300, cachedTokens: 250, outputTokens: 20 },
      error: undefined,
      answer: "last",
    });
  });

  it("give the last failure", () => {
    const failed = [
      ...lines.slice(0, 2),
      { type: "error", message: "one" },
      { type: "turn.failed", error: { message: "two" } },
    ];
    expect(readEvents(failed.map((line) => JSON.stringify(line)).join("\n"))).toMatchObject({
      error: "two",
      answer: undefined,
    });
    expect(readEvents("")).toMatchObject({ threadId: undefined, error: undefined });
  });
});

describe("the turns of a journal", () => {
  it("have their steps and their end", () => {
    const [first, second, ...more] = turnsIn([...oneTurn(), { type: "turn_started", turn: 2, at: 3 }]);
    expect(first).toMatchObject({ reason: "done", steps: [{ inputTokens: 120, cachedTokens: 100 }] });
    expect(second).toEqual({ reason: undefined, steps: [] });
    expect(more).toEqual([]);
  });
});

describe("the last line", () => {
  it("counts what was solved", () => {
    const row = {
      id: "",
      steps: 1,
      newTokens: 0,
      cachedTokens: 0,
      outputTokens: 0,
      seconds: 0,
      end: "",
      error: undefined,
    };
    expect(
      solvedLine([
        { ...row, solved: true },
        { ...row, solved: false },
      ]),
    ).toBe("1 of 2 solved");
  });
});
