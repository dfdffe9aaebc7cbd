import { expect, test } from "vitest";
import { lostStart } from "../../../../src/templates/jinja/llama/lost-start.ts";

test.each([
  ["X{% if a %}", 1],
  ["\n{% if a %}", 1],
  ["X  {#- a #}", 3],
  ["X{{ a }}", 0],
  ["XY{% if a %}", 0],
  ["X\n{% if a %}", 0],
  ["é{% if a %}", 0],
  ["{% if a %}", 0],
  ["{{% if a %}", 0],
  ["X", 0],
  ["", 0],
])("of %j llama.cpp loses %i", (source, lost) => {
  expect(lostStart(source)).toBe(lost);
});
