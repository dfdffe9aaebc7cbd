import { describe, expect, it } from "vitest";
import { createLoopGuard } from "../../src/agent/loop-guard.ts";

const call = (text: string) => ({ id: "c", name: "read", arguments: text });

describe("loop guard", () => {
  it("hints at the third same call in a row and stops at the fifth, white space and key order aside", () => {
    const guard = createLoopGuard();
    const verdicts = ['{"a":1,"b":2}', '{ "b": 2, "a": 1 }', '{"a":1,"b":2}', '{"a":1,"b":2}', '{"b":2,"a":1}'].map(
      (text) => guard.see(call(text)).type,
    );
    expect(verdicts).toEqual(["fine", "fine", "hint", "fine", "stop"]);
  });

  it("starts again after another call", () => {
    const guard = createLoopGuard();
    for (const text of ["{}", "{}", '{"a":1}']) guard.see(call(text));
    expect(["{}", "{}", "{}"].map((text) => guard.see(call(text)).type)).toEqual(["fine", "fine", "hint"]);
  });
});
