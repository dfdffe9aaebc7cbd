import { describe, expect, it } from "vitest";
import { commonEnd, commonStart } from "../../src/inspect/learn/edges.ts";

describe("what two texts have in common", () => {
  it.each([
    ["x</a><b>", "x</a><c>", "x</a>"],
    ["say one", "say only", "say "],
    ["a<b>c", "a<b>d", "a<b>"],
  ])("at the front of %j and %j is %j", (left, right, shared) => expect(commonStart(left, right)).toBe(shared));

  it.each([
    ["1<ab>z", "2<cb>z", "z"],
    ["<a>z", "b>z", "z"],
    ["one end", "done end", " end"],
    ["1</a>\n", "2</a>\n", "</a>\n"],
  ])("at the end of %j and %j is %j", (left, right, shared) => expect(commonEnd(left, right)).toBe(shared));
});
