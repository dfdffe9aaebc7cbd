import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { syntaxWarning } from "../../src/tools/syntax-check.ts";
import { draws } from "../support/draws.ts";
import { workspace } from "../support/tools-workspace.ts";

describe("a .json file that no longer parses", () => {
  it("is written all the same, with a warning that says where", async () => {
    const { call, read } = await workspace({ "ok.json": '{\n  "a": 1,\n  "b": 2\n}\n' });
    const made = await call("write", { path: "x.json", content: '{\n  "list": [1,\n  ]\n}\n' });
    expect(made).toMatchObject({ isError: false, changes: [{ path: "x.json" }] });
    expect(made.text).toBe(
      "created x.json (4 lines)\nwarning: x.json is not valid JSON: Unexpected token ']' (line 3 column 3)",
    );
    const replaced = await call("write", { path: "x.json", content: '{\n  "list": [1\n' });
    expect(replaced).toMatchObject({ isError: false });
    expect(replaced.text).toMatch(/^replaced x\.json .*\nwarning: x\.json is not valid JSON: .*\(line 3 column 1\)$/);
    const edited = await call("edit", { path: "ok.json", old_text: '"a": 1,', new_text: '"a": 1' });
    expect(edited).toMatchObject({ isError: false });
    expect(edited.text).toMatch(/^edited ok\.json .*\nwarning: ok\.json is not valid JSON: .*line 3 column 3\)$/);
    expect(read("ok.json")).toBe('{\n  "a": 1\n  "b": 2\n}\n');
    const spaced = await call("edit", { path: "ok.json", old_text: '"a":1', new_text: '"a":1,,' });
    expect(spaced.text).toMatch(/differed in white space.*\nwarning: ok\.json is not valid JSON: /s);
    expect((await call("write", { path: "x.json", content: "{}\n" })).text).toBe("replaced x.json (1 lines)");
  });

  it("is of no interest with another name, or where comments were before", async () => {
    const { call } = await workspace({ "tsconfig.json": '{\n  // one\n  "a": 1\n}\n' });
    expect((await call("write", { path: "x.js", content: "{" })).text).toBe("created x.js (1 lines)");
    const edited = await call("edit", { path: "tsconfig.json", old_text: '"a": 1', new_text: '"a": 2' });
    expect(edited.text).toBe("edited tsconfig.json (line 3)");
  });

  it("is named at the character that cannot stand there", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.nat(), fc.constantFrom("#", "?", "'"), (text, cut, sign) => {
        const broken = `${JSON.stringify(JSON.parse(text), null, 1)}\n`;
        const at = cut % broken.length;
        const changed = broken.slice(0, at) + sign + broken.slice(at);
        const warning = syntaxWarning("x.json", undefined, changed);
        fc.pre(warning !== "");
        const [, line, column] = /\(line (\d+) column (\d+)\)$/.exec(warning) ?? [];
        const before = changed.split("\n").slice(0, Number(line) - 1);
        expect([...before, ""].join("\n").length + Number(column) - 1).toBe(at);
      }),
      draws(),
    );
  });
});
