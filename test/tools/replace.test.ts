import { describe, expect, it } from "vitest";
import { replacementFor } from "../../src/tools/replace.ts";

describe("a replacement for lines that the model wrote without indentation", () => {
  const file = "def g():\n    if x:\n        return 1";
  const old = "def g():\nif x:\nreturn 1";

  it.each([
    ["a line changed", "def g():\nif x:\nreturn 9", "def g():\n    if x:\n        return 9"],
    ["every line changed", "def h():\nif y:\nreturn 9", "def h():\n    if y:\n        return 9"],
    [
      "lines put before another",
      "def g():\nif x:\nlog()\nlog(x)\nreturn 1",
      "def g():\n    if x:\n        log()\n        log(x)\n        return 1",
    ],
    ["one line made two", "def g():\nif y:\nlog(y)\nreturn 9", "def g():\n    if y:\n        log(y)\n        return 9"],
    ["a line taken away", "def g():\nreturn 1", "def g():\n        return 1"],
    [
      "lines put at the end",
      "def g():\nif x:\nreturn 1\n\n# a\n  # b",
      "def g():\n    if x:\n        return 1\n\n        # a\n          # b",
    ],
    ["nothing", "", ""],
  ])("has the indentation of the file: %s", async (_, fresh, expected) => {
    expect(await replacementFor(file, { start: 0, end: file.length }, "lines", old, fresh)).toBe(expected);
  });
});
