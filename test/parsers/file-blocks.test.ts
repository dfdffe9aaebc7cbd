import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findFileBlocks } from "../../src/parsers/index.ts";
import { draws } from "../support/draws.ts";

const texts = new Map([["lib/b.py", "import os\n\ndef b(x):\n    return x + 1\n"]]);
const known = { has: (path: string): boolean => ["src/a.js", "lib/b.py"].includes(path), texts };
const pathsOf = (text: string): string[] => findFileBlocks(text, known).map((block) => block.path);

describe("file blocks", () => {
  it("are found by the path on the line before, in the info string, and in a first comment", () => {
    expect(findFileBlocks("src/a.js\n```js\nlet a = 1;\n```\n", known)).toMatchObject([
      { path: "src/a.js", content: "let a = 1;\n", isPartial: false },
    ]);
    expect(pathsOf("Here's the corrected code in `src/a.js`:\n\n```javascript\nx\n```")).toEqual(["src/a.js"]);
    expect(pathsOf("```js src/a.js\nx\n```")).toEqual(["src/a.js"]);
    expect(findFileBlocks("Fixed:\n```js\n// src/a.js\nx\n```", known)).toMatchObject([
      { path: "src/a.js", content: "x\n" },
    ]);
  });

  it("are found by their lines where nothing names them", () => {
    expect(pathsOf("The corrected code:\n```python\nimport os\n\ndef b(x):\n    return x - 1\n```")).toEqual([
      "lib/b.py",
    ]);
    expect(pathsOf("Something else:\n```python\nimport sys\nprint(sys.argv)\n```")).toEqual([]);
  });

  it("may be new files only where the path stands alone", () => {
    expect(pathsOf("**src/new.js**\n```js\nx\n```")).toEqual(["src/new.js"]);
    expect(pathsOf("You could put it in src/new.js like so:\n```js\nx\n```")).toEqual([]);
  });

  it("may lie in folders and have names without an ending", () => {
    expect(pathsOf("src/Makefile\n```make\nall:\n```")).toEqual(["src/Makefile"]);
    expect(pathsOf("Dockerfile.dev:\n```\nFROM x\n```")).toEqual(["Dockerfile.dev"]);
    expect(pathsOf("I have changed ./src/b.js and src/a.js.\n```js\nx\n```")).toEqual(["src/a.js"]);
  });

  it("are no commands, no unclosed fences, no fences without a path", () => {
    expect(pathsOf("Run src/a.js:\n```sh\nnode src/a.js\n```")).toEqual([]);
    expect(pathsOf("src/a.js\n```js\nlet a")).toEqual([]);
    expect(pathsOf("```js\nlet a;\n```")).toEqual([]);
  });

  it("of one path: the last counts, and a text with gaps is marked", () => {
    const text = "src/a.js\n```js\none\n```\nNo, better:\nsrc/a.js\n```js\ntwo\n```";
    expect(findFileBlocks(text, known)).toMatchObject([{ content: "two\n" }]);
    expect(findFileBlocks("src/a.js\n```js\n// ... rest of the code\n```", known)).toMatchObject([{ isPartial: true }]);
    expect(findFileBlocks("src/a.js\n```js\na\n\n  ...\nb\n```", known)).toMatchObject([{ isPartial: true }]);
    expect(findFileBlocks("src/a.js\n```js\nf(...args);\n```", known)).toMatchObject([{ isPartial: false }]);
  });

  it("hold a file's text unchanged, whatever stands in it", () => {
    const line = fc.string().map((text) => text.replaceAll(/[\n\r`~]/g, ""));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), (lines) => {
        const content = `${lines.join("\n")}\n`;
        fc.pre(content.trim() !== "" && !/^\s*(\/\/|#|--|<!--|\/\*)/.test(content));
        expect(findFileBlocks(`src/a.js\n\`\`\`js\n${content}\`\`\``, known)).toMatchObject([{ content }]);
      }),
      draws(),
    );
  });
});
