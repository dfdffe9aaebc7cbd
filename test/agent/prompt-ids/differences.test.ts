import { expect, it } from "vitest";
import { countDifferent } from "../../../src/agent/prompt-ids/differences.ts";

it.each([
  ["none", [1, 2, 3], [1, 2, 3], 0],
  ["one put in", [1, 9, 2, 3, 4, 5], [1, 2, 3, 4, 5], 1],
  ["one left out", [1, 2, 3, 4, 5], [1, 9, 2, 3, 4, 5], 0],
  ["what is left at the end", [1, 2, 3], [1], 2],
  ["not fooled by one that is alike by chance", [1, 5, 2, 3, 4, 6, 7], [5, 9, 2, 3, 4, 6, 7], 2],
])("counts the tokens that differ: %s", (_what, ours, theirs, count) => {
  expect(countDifferent(ours, theirs)).toBe(count);
});
