import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createParser, parserSpecs } from "../../src/parsers/index.ts";
import { createTools } from "../../src/tools/index.ts";
import type { ParseEvent } from "../../src/types/index.ts";

/** What a real model answered to a task with halter's own prompt and tools, and the calls that a person reads in it. */
interface RecordedOutput {
  readonly task: string;
  readonly seed: number;
  readonly finish: "stop" | "length";
  readonly text: string;
  /** Name, notation, and what is wrong with it. */
  readonly calls: readonly string[];
}

const folder = path.join(import.meta.dirname, "..", "..", "fixtures", "outputs");
const tools = createTools().map(({ spec }) => spec);

/** Text that is no call is covered by what is not; together they are the answer. */
function coveredBy(events: readonly ParseEvent[]): string {
  return events.map((event) => ("text" in event && event.type !== "candidate_closed" ? event.text : "")).join("");
}

describe.each(readdirSync(folder))("recorded outputs of %s", (family) => {
  const files = readdirSync(path.join(folder, family)).filter((name) => name.endsWith(".jsonl"));
  describe.each(files)("%s", (file) => {
    const lines = readFileSync(path.join(folder, family, file), "utf8")
      .trim()
      .split("\n");
    const outputs = lines.map((line) => JSON.parse(line) as RecordedOutput);

    it.each(outputs)("$task", ({ text, finish, calls }) => {
      let ids = 0;
      const parser = createParser(parserSpecs[family]!, { tools, thinkingOpen: false, newId: () => `call_${++ids}` });
      const events = [...parser.push(text), ...parser.end({ cut: finish === "length" })];
      const found = events.flatMap((event) =>
        event.type === "tool_call"
          ? [[event.call.name, event.notation, ...(event.malformed ? [event.malformed.type] : [])].join(" ")]
          : [],
      );
      expect(found).toEqual(calls);
      expect(coveredBy(events)).toBe(text);
    });
  });
});
