import { expect, test } from "vitest";
import { excerpt, lineAt, lineStarts, placeOf, templateError } from "../../../src/templates/jinja/source.ts";

test("places count lines and characters from 1", () => {
  const source = "ab\n🌵é{{ x\n\n";
  expect([0, 2, 3, 5, 6, 11, 12, 99].map((offset) => placeOf(source, offset))).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 3 },
    { line: 2, column: 1 },
    { line: 2, column: 2 },
    { line: 2, column: 3 },
    { line: 3, column: 1 },
    { line: 4, column: 1 },
    { line: 4, column: 1 },
  ]);
  const starts = lineStarts(source);
  expect(starts).toEqual([0, 3, 11, 12]);
  expect([0, 2, 3, 10, 11, 12].map((offset) => lineAt(starts, offset))).toEqual([1, 1, 2, 2, 3, 4]);
});

test("an excerpt marks the span on its first line only, below the line before", () => {
  const source = "one\ntwo {{ a\n+ b }}\nthree";
  expect(excerpt(source, { start: 8, end: 19 })).toBe(" 1 | one\n 2 | two {{ a\n   |     ^^^^");
});

test("an excerpt of a long line shows where it was cut, and no control characters", () => {
  const source = `${"a".repeat(500)}\x1b[31m\t{{ b }}${"c".repeat(500)}`;
  const at = source.indexOf("{{");
  const [line, carets] = excerpt(source, { start: at, end: at + 7 }).split("\n");
  expect(line).toBe(` 1 | …${"a".repeat(54)}␛[31m {{ b }}${"c".repeat(33)}…`);
  expect(carets).toBe(`   | ${" ".repeat(line!.indexOf("{{") - 5)}^^^^^^^`);
});

test("an error carries its place, the cause and what it was given", () => {
  const cause = new Error("inner");
  const error = templateError(
    { name: "chat.jinja", source: "a\n{{ b }}" },
    { start: 5, end: 6 },
    { what: "b is undefined", hint: "define it", cause, data: { raised: false } },
  );
  expect(error).toMatchObject({ code: "template_failed", hint: "define it", cause });
  expect(error.message).toBe("b is undefined in chat.jinja, line 2, column 4\n 1 | a\n 2 | {{ b }}\n   |    ^");
  expect(error.data).toEqual({ raised: false, line: 2, column: 4, excerpt: " 1 | a\n 2 | {{ b }}\n   |    ^" });
});
