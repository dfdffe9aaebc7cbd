import { describe, expect, it } from "vitest";
import { rungsOf } from "../../src/agent/index.ts";
import type { RepairName, TraceRecord } from "../../src/types/index.ts";
import { REPAIRS } from "../../src/types/repair.ts";
import { called, openStory } from "../support/agent.ts";

const repair = (name: RepairName) => ({ name, before: "a", after: "b" });

describe("how far a call had to be recovered", () => {
  it("is told by the names of its repairs, and by what is wrong with it in the end", () => {
    expect(rungsOf({ repairs: [] })).toEqual({});
    expect(
      rungsOf({
        repairs: [
          repair("trailing_comma"),
          repair("tool_name"),
          repair("text_to_number"),
          repair("tool_by_arguments"),
          repair("single_quotes"),
          repair("constrained-retry"),
        ],
        malformed: { type: "bad_arguments", detail: "" },
      }),
    ).toEqual({
      repair: ["trailing_comma", "single_quotes"],
      name: ["tool_name", "tool_by_arguments"],
      coerce: ["text_to_number"],
      constrained: ["constrained-retry"],
      error: ["bad_arguments"],
    });
  });

  it("has each name on one rung, and none that is not written down", () => {
    for (const [rung, names] of Object.entries(REPAIRS)) {
      expect(rungsOf({ repairs: names.map(repair) })).toEqual({ [rung]: names });
    }
    // @ts-expect-error a name without a rung
    repair("new_repair");
  });

  it("takes a name of another version for a repair", () => {
    const read = JSON.parse('{"repairs": [{"name": "new_repair", "before": "a", "after": "b"}]}') as { repairs: [] };
    expect(rungsOf(read)).toEqual({ repair: ["new_repair"] });
  });

  it("stands in the trace, call by call", async () => {
    const answers = [
      called("raw", "Read", '{"path": "notes.txt", "start_line": "1",}'),
      called("raw", "launch_rocket", "{}"),
      { text: "Done." },
    ];
    const story = await openStory({ wire: "raw", files: { "notes.txt": "hay\n" }, answers });
    await story.run();
    const isRecovery = (record: TraceRecord) => record.type === "note" && record.topic === "recovery";
    expect(story.trace.filter(isRecovery)).toMatchObject([
      {
        data: { tool: "read", rungs: { repair: ["trailing_comma"], name: ["tool_name"], coerce: ["text_to_number"] } },
      },
      { data: { tool: "launch_rocket", rungs: { error: ["unknown_tool"] } } },
    ]);
    await story.settle();
  });
});
