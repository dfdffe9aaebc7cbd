import { describe, expect, it } from "vitest";
import { rungsOf } from "../../src/agent/index.ts";
import type { TraceRecord } from "../../src/types/index.ts";
import { called, openStory } from "../support/agent.ts";

const repair = (name: string) => ({ name, before: "a", after: "b" });

describe("how far a call had to be recovered", () => {
  it("is told by the names of its repairs, and by what is wrong with it in the end", () => {
    expect(rungsOf({ repairs: [] })).toEqual({});
    expect(
      rungsOf({
        repairs: ["trailing_comma", "tool_name", "text_to_number", "single_quotes", "constrained-retry"].map(repair),
        malformed: { type: "bad_arguments", detail: "" },
      }),
    ).toEqual({
      repair: ["trailing_comma", "single_quotes"],
      name: ["tool_name"],
      coerce: ["text_to_number"],
      constrained: ["constrained-retry"],
      error: ["bad_arguments"],
    });
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
