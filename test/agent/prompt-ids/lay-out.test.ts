import { describe, expect, it } from "vitest";
import { layOut } from "../../../src/agent/prompt-ids/lay-out.ts";

describe("laying out a prompt", () => {
  const layOutAs = (text: string, isInput: boolean, control: [string, number][], always: string[]) =>
    layOut([{ text, isInput }], { control: new Map(control), always: new Set(always) });

  it("takes the longest control token at a place, and none inside of another", () => {
    const control: [string, number][] = [
      ["<a", 1],
      ["<a>", 2],
      ["a>", 3],
    ];
    expect(layOutAs("x<a>y", false, control, []).elements).toEqual([
      { text: "x" },
      { text: "<a>", id: 2 },
      { text: "y" },
    ]);
  });

  it("cuts every token of input in two, those that overlap as well", () => {
    expect(layOutAs("|x|x|", true, [], ["|x|"])).toEqual({
      elements: [{ text: "|" }, { text: "x|" }, { text: "x|" }],
      split: ["|x|"],
    });
  });
});
