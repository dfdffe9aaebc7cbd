import { chmodSync, statSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { draws } from "../support/draws.ts";
import { openWorkspace, workspace } from "../support/tools-workspace.ts";

const FUNCTION = "function add(a, b) {\n  return a - b;\n}\n";

describe("edit: exact text", () => {
  it("replaces the one place, says where, and shows the change as a diff", async () => {
    const { call, read } = await workspace({ "src/add.js": FUNCTION });
    const result = await call("edit", { path: "src/add.js", old_text: "a - b", new_text: "a + b" });
    expect(result).toMatchObject({ text: "edited src/add.js (line 2)", isError: false });
    expect(read("src/add.js")).toBe(FUNCTION.replace("a - b", "a + b"));
    expect(result.changes).toEqual([
      {
        path: "src/add.js",
        kind: "update",
        diff: "--- a/src/add.js\n+++ b/src/add.js\n@@ -1,3 +1,3 @@\n function add(a, b) {\n-  return a - b;\n+  return a + b;\n }\n",
      },
    ]);
  });

  it("is String.replace at the one place, in every file, but for a last newline", async () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "\n", "\t", "é", "漢", "(", "$&", "😀") });
    await fc.assert(
      fc.asyncProperty(text, text, text, text, async (before, old, behind, fresh) => {
        const whole = before + old + behind;
        const losesEnd = behind === "" && old.endsWith("\n") && fresh !== "" && !fresh.endsWith("\n");
        const expected = before + fresh + behind + (losesEnd ? "\n" : "");
        fc.pre(old !== "" && expected !== whole && whole.indexOf(old) === whole.lastIndexOf(old));
        const opened = await openWorkspace({ "f.txt": whole });
        try {
          const result = await opened.call("edit", { path: "f.txt", old_text: old, new_text: fresh });
          expect(result.isError).toBe(false);
          expect(opened.read("f.txt")).toBe(expected);
        } finally {
          opened.remove();
        }
      }),
      draws(60),
    );
  });

  it("keeps line ends, byte order mark, mode and the bytes around the place", async () => {
    const { call, read, folder } = await workspace({ "a.txt": "\uFEFFone\r\ntwo\r\nthree\nfour\r\nlast" });
    chmodSync(path.join(folder, "a.txt"), 0o750);
    await call("edit", { path: "a.txt", old_text: "one\ntwo\n", new_text: "one\n2\n" });
    expect(read("a.txt")).toBe("\uFEFFone\r\n2\r\nthree\nfour\r\nlast");
    await call("edit", { path: "a.txt", old_text: "three\nfour", new_text: "3\n4\n5" });
    expect(read("a.txt")).toBe("\uFEFFone\r\n2\r\n3\r\n4\r\n5\r\nlast");
    expect(statSync(path.join(folder, "a.txt")).mode & 0o777).toBe(0o750);
  });

  it("keeps the file's last newline", async () => {
    const { call, read } = await workspace({ "n.txt": "a\nb\n", "r.txt": "a\r\nb\r\n", "none.txt": "a\nb" });
    for (const file of ["n.txt", "r.txt"]) await call("edit", { path: file, old_text: "b\n", new_text: "c" });
    await call("edit", { path: "none.txt", old_text: "b", new_text: "c" });
    expect([read("n.txt"), read("r.txt"), read("none.txt")]).toEqual(["a\nc\n", "a\r\nc\r\n", "a\nc"]);
    await call("edit", { path: "n.txt", old_text: "c\n", new_text: "" });
    expect(read("n.txt")).toBe("a\n");
  });

  it("names the lines when there are several places, and changes nothing", async () => {
    const { call, read } = await workspace({ "a.js": "x = 1;\ny = 2;\nx = 1;\n" });
    const result = await call("edit", { path: "a.js", old_text: "x = 1;", new_text: "x = 2;" });
    expect(result.isError).toBe(true);
    expect(result.text).toBe(
      "old_text is in a.js 2 times. Add lines around it to name one place:\n1: x = 1;\n3: x = 1;",
    );
    expect(read("a.js")).toBe("x = 1;\ny = 2;\nx = 1;\n");
  });

  it("takes the place that cuts through no word where others do", async () => {
    const { call, read } = await workspace({ "a.js": "n=10\nn=1\nan=1\n" });
    await call("edit", { path: "a.js", old_text: "n=1", new_text: "n=2" });
    expect(read("a.js")).toBe("n=10\nn=2\nan=1\n");
  });

  it("says so when both texts are the same", async () => {
    const { call } = await workspace({ "a.js": "x" });
    expect(await call("edit", { path: "a.js", old_text: "x", new_text: "x" })).toMatchObject({ isError: true });
  });
});

describe("edit: white space that differs", () => {
  it("keeps the file's indentation, also in new lines", async () => {
    const { call, read } = await workspace({ "a.py": "class A:\n    def f(self):\n        return 1\n" });
    const result = await call("edit", {
      path: "a.py",
      old_text: "def f(self):\n    return 1",
      new_text: "def f(self):\n    if self.x:\n        return 2\n    return 1",
    });
    expect(result.isError).toBe(false);
    expect(read("a.py")).toBe(
      "class A:\n    def f(self):\n        if self.x:\n            return 2\n        return 1\n",
    );
    expect(result.text).toContain("old_text differed in white space. It is now:\n    def f(self):\n");
  });

  it("turns the model's spaces into the file's tabs", async () => {
    const { call, read } = await workspace({ Makefile: "all:\n\techo one\n\tif x; then \\\n\t\techo two; fi\n" });
    await call("edit", {
      path: "Makefile",
      old_text: "all:\n    echo one\n",
      new_text: "all:\n    echo 1\n    if y; then \\\n        echo 2; fi\n",
    });
    expect(read("Makefile")).toBe(
      "all:\n\techo 1\n\tif y; then \\\n\t\techo 2; fi\n\tif x; then \\\n\t\techo two; fi\n",
    );
  });

  it("keeps the file's line breaks where the model folded them", async () => {
    const { call, read } = await workspace({ "a.py": "def f(x):\n    y = x + 1\n    return y\n\nz = 1\n" });
    const result = await call("edit", {
      path: "a.py",
      old_text: "def f(x): y = x + 1 return y",
      new_text: "def g(x): y = x + 1 log(y) return y",
    });
    expect(result.isError).toBe(false);
    expect(read("a.py")).toBe("def g(x):\n    y = x + 1\n    log(y)\n    return y\n\nz = 1\n");
  });

  it("folds nothing when tokens are taken away", async () => {
    const { call, read } = await workspace({ "a.js": "f(\n  a,\n  b,\n);\n" });
    await call("edit", { path: "a.js", old_text: "f(a, b,);", new_text: "f(b,);" });
    expect(read("a.js")).toBe("f(\n  b,\n);\n");
  });

  it("does not find n=1 in n = 10, nor ab in a b", async () => {
    const { call, read } = await workspace({ "a.js": "n = 10;\na b\n" });
    expect((await call("edit", { path: "a.js", old_text: "n=1", new_text: "n=2" })).isError).toBe(true);
    expect((await call("edit", { path: "a.js", old_text: "ab", new_text: "c" })).isError).toBe(true);
    expect(read("a.js")).toBe("n = 10;\na b\n");
  });

  it("is refused when several places differ in white space only", async () => {
    const { call } = await workspace({ "a.js": "if (a)  b();\nif (a)   b();\n" });
    const result = await call("edit", { path: "a.js", old_text: "if (a) b();", new_text: "c();" });
    expect(result.text).toMatch(/2 times.*\n1: if \(a\) {2}b\(\);\n2: /);
  });

  it("leaves every token outside the change alone", async () => {
    const token = fc.constantFrom("a", "b", "if", "(", ")", "{", "}", "=", "1");
    const space = fc.constantFrom(" ", "\n", "\n  ", "  ");
    const pairs = fc.array(fc.tuple(token, space), { minLength: 3, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(pairs, async (there) => {
        const text = there.map(([word, gap]) => word + gap).join("");
        const folded = there.map(([word]) => word).join(" ");
        const opened = await openWorkspace({ "f.txt": `start\n${text}\nend` });
        try {
          const result = await opened.call("edit", {
            path: "f.txt",
            old_text: `start ${folded} end`,
            new_text: `start ${folded} extra end`,
          });
          expect(result.isError).toBe(false);
          const squeeze = (value: string) => value.replace(/\s+/g, " ").trim();
          expect(squeeze(opened.read("f.txt"))).toBe(squeeze(`start ${folded} extra end`));
          expect(opened.read("f.txt").startsWith(`start\n${text.trimEnd()}`)).toBe(true);
        } finally {
          opened.remove();
        }
      }),
      draws(40),
    );
  });
});

describe("edit: text that was escaped once too often", () => {
  it("is taken as it was meant, in both texts", async () => {
    const { call, read } = await workspace({ "a.js": 'f("x");\n\tg();\n' });
    await call("edit", { path: "a.js", old_text: 'f(\\"x\\");\\n\\tg();', new_text: 'f(\\"y\\");\\n\\th();' });
    expect(read("a.js")).toBe('f("y");\n\th();\n');
  });

  it("stays as it is where the file has it so", async () => {
    const { call, read } = await workspace({ "a.js": 'log("a\\n");\n' });
    await call("edit", { path: "a.js", old_text: '"a\\n"', new_text: '"b\\n"' });
    expect(read("a.js")).toBe('log("b\\n");\n');
  });
});

describe("edit: text that is not there", () => {
  it("answers with the text of a file the thread has not read", async () => {
    const { call } = await workspace({ "src/add.js": FUNCTION });
    const result = await call("edit", { path: "src/add.js", old_text: "return a minus b", new_text: "x" });
    expect(result.isError).toBe(true);
    expect(result.text).toBe(
      `old_text is not in src/add.js. Its text is:\nsrc/add.js (3 lines)\n${FUNCTION.trimEnd()}`,
    );
  });

  it("answers with the nearest lines of a file it has read", async () => {
    const { call } = await workspace({ "src/add.js": `// one\n// two\n${FUNCTION}` });
    await call("read", { path: "src/add.js" });
    const result = await call("edit", {
      path: "src/add.js",
      old_text: "function add(x, b) {\n  return x - b;",
      new_text: "x",
    });
    expect(result.text).toBe(
      "old_text is not in src/add.js. The nearest is lines 3-4:\nfunction add(a, b) {\n  return a - b;",
    );
  });

  it("notices that a file has changed since it was read", async () => {
    const { call, write } = await workspace({ "a.js": "one\n" });
    await call("read", { path: "a.js" });
    write("a.js", "two\n");
    const result = await call("edit", { path: "a.js", old_text: "one", new_text: "three" });
    expect(result.text).toContain("has changed since you saw it. Its text is:\na.js (1 lines)\ntwo");
  });

  it("mentions such a change when the text is still there", async () => {
    const { call, write } = await workspace({ "a.js": "one\n" });
    await call("read", { path: "a.js" });
    write("a.js", "zero\none\n");
    const result = await call("edit", { path: "a.js", old_text: "one", new_text: "1" });
    expect(result).toMatchObject({ isError: false });
    expect(result.text).toBe("edited a.js (line 2). The file has changed since you saw it.");
  });

  it("shows only the nearest lines of a long file", async () => {
    const long = Array.from({ length: 2000 }, (_, index) => `value_${index} = ${index};\n`).join("");
    const { call } = await workspace({ "a.js": long });
    const result = await call("edit", { path: "a.js", old_text: "value_700 = 9000;", new_text: "x" });
    expect(result.text).toBe("old_text is not in a.js. The nearest is line 701:\nvalue_700 = 700;");
  });

  it("is looked for exactly alone in a very long file", async () => {
    const { call, read } = await workspace({ "a.js": `${"x = 1;\n".repeat(200_000)}y = 2;\n` });
    expect((await call("edit", { path: "a.js", old_text: "y=2", new_text: "y=3" })).isError).toBe(true);
    expect((await call("edit", { path: "a.js", old_text: "y = 2", new_text: "y = 3" })).isError).toBe(false);
    expect(read("a.js").endsWith("y = 3;\n")).toBe(true);
  });

  it("knows its own changes", async () => {
    const { call } = await workspace({ "a.js": "one\n" });
    await call("edit", { path: "a.js", old_text: "one", new_text: "two" });
    const result = await call("edit", { path: "a.js", old_text: "one", new_text: "two" });
    expect(result.text).toBe("old_text is not in a.js. Read the file and copy the text from it.");
  });
});

describe("edit: wrong paths", () => {
  it("finds the file by its name when the text stands there", async () => {
    const { call, read } = await workspace({ "src/add.js": FUNCTION });
    const result = await call("edit", { path: "path/to/add.js", old_text: "a - b", new_text: "a + b" });
    expect(result.text).toBe("edited src/add.js (line 2)");
    expect(read("src/add.js")).toContain("a + b");
  });

  it("only suggests it when the text does not, or when names are several", async () => {
    const { call } = await workspace({ "src/add.js": FUNCTION, "a/x.js": "same", "b/x.js": "same" });
    const wrongText = await call("edit", { path: "lib/add.js", old_text: "nothing", new_text: "x" });
    expect(wrongText.text).toBe('There is no file "lib/add.js". Did you mean: src/add.js?');
    const several = await call("edit", { path: "x.js", old_text: "same", new_text: "y" });
    expect(several.text).toBe('There is no file "x.js". Did you mean: a/x.js, b/x.js?');
  });

  it("finds the file by its text when no name is like it", async () => {
    const { call, read } = await workspace({ "src/add.js": FUNCTION, "src/b.js": "a - b" });
    const old_text = "function add(a, b) {\n  return a - b;";
    const result = await call("edit", {
      path: "lib/sum.js",
      old_text,
      new_text: "function add(a, b) {\n  return a + b;",
    });
    expect(result.text).toBe("edited src/add.js (lines 1-2)");
    expect(read("src/add.js")).toContain("a + b");
  });

  it("makes a file when old_text is empty and there is none", async () => {
    const { call, read } = await workspace({ "empty.txt": "", "full.txt": "x" });
    expect((await call("edit", { path: "new.txt", old_text: "", new_text: "n\n" })).isError).toBe(false);
    expect((await call("edit", { path: "empty.txt", old_text: "", new_text: "e\n" })).isError).toBe(false);
    expect((await call("edit", { path: "full.txt", old_text: "", new_text: "f\n" })).isError).toBe(true);
    expect([read("new.txt"), read("empty.txt"), read("full.txt")]).toEqual(["n\n", "e\n", "x"]);
  });

  it("leaves binary files alone", async () => {
    const { call } = await workspace({ "a.bin": new Uint8Array([97, 0, 255]) });
    const result = await call("edit", { path: "a.bin", old_text: "a", new_text: "b" });
    expect(result).toMatchObject({ isError: true, text: "a.bin is a binary file (3 bytes), not shown." });
  });
});
