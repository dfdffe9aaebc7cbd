import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replacementFor } from "../../src/tools/replace.ts";
import { draws } from "../support/draws.ts";

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

describe("a replacement with indentation of its own, for lines written without", () => {
  const replace = (file: string, old: string, fresh: string) =>
    replacementFor(file, { start: 0, end: file.length }, "lines", old, fresh);
  const old = "def f(self):\nx = 1\nreturn x";

  it.each([
    ["as deep as the file's", "    ", "    ", "        "],
    ["in spaces for the file's tabs", "    ", "\t", "\t\t"],
    ["in tabs", "\t", "\t", "\t\t"],
  ])("is moved as a whole: %s", async (_, step, outer, inner) => {
    const file = `${outer}def f(self):\n${inner}x = 1\n${inner}return x`;
    const fresh = `def f(self):\n${step}x = 1\n${step}return x + 1`;
    expect(await replace(file, old, fresh)).toBe(`${outer}def f(self):\n${inner}x = 1\n${inner}return x + 1`);
  });

  it("may put everything one level deeper", async () => {
    const file = "  def f(self):\n    x = 1\n    return x";
    const fresh = "if y:\n  def f(self):\n    x = 1\n    return x";
    expect(await replace(file, old, fresh)).toBe("  if y:\n    def f(self):\n      x = 1\n      return x");
  });

  it("may begin deeper than it ends", async () => {
    const fresh = "    x()\n}\nz()\ny()";
    expect(await replace("\t\tx()\n\t}\n\ty()", "x()\n}\ny()", fresh)).toBe("\t\tx()\n\t}\n\tz()\n\ty()");
  });

  it("may align a comment by one space", async () => {
    const fresh = "/**\n * z\n */\nx {\n    y()\n}";
    expect(await replace("\tx {\n\t\ty()\n\t}", "x {\ny()\n}", fresh)).toBe(
      "\t/**\n\t * z\n\t */\n\tx {\n\t\ty()\n\t}",
    );
  });

  it("has none where all its lines stand equally deep", async () => {
    const file = "\tdef f(self):\n\t\tx = 1\n\t\treturn x";
    const fresh = "  def f(self):\n  x = 1\n  return 2";
    const lines = (await replace(file, old, fresh)).split("\n");
    expect(lines.map((line) => line.lastIndexOf("\t"))).toEqual([0, 1, 1]);
  });

  it("keeps the shape of the new text, whatever it is", async () => {
    const line = fc.record({ depth: fc.nat(3), change: fc.constantFrom("keep", "edit", "add", "remove") });
    const steps = fc.constantFrom("  ", "    ", "\t");
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 8 }), steps, fc.nat(2), fc.nat(2), async (body, step, base, own) => {
        const inFile = [0, ...body.map(({ depth }) => depth), 1].map((depth, index) => ({
          depth,
          text: `line ${index}`,
        }));
        const inFresh = inFile.flatMap(({ depth, text }, index) => {
          const change = body[index - 1]?.change ?? "keep";
          if (change === "remove") return [];
          if (change === "add")
            return [
              { depth, text },
              { depth, text: `${text} more` },
            ];
          return [{ depth, text: change === "edit" ? `${text} new` : text }];
        });
        const write = (list: typeof inFile, level: number) =>
          list.map(({ depth, text }) => step.repeat(level + depth) + text).join("\n");
        const flat = inFile.map(({ text }) => text).join("\n");
        expect(await replace(write(inFile, base), flat, write(inFresh, own))).toBe(write(inFresh, base));
      }),
      draws(),
    );
  });
});
