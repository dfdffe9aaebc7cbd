import { chmodSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { withoutPrivileges, workspace } from "../support/tools-workspace.ts";

const FILES = {
  "src/app.ts": "export const app = 1;\ncall(app[0]);\n",
  "src/deep/util.test.ts": "test('App', () => {});\n",
  "docs/readme.md": "app\n",
  "node_modules/x/index.ts": "app\n",
  "built/app.ts": "app\n",
  ".gitignore": "built\n",
  ".env.example": "APP=1\n",
  ".git/HEAD": "app\n",
};

/** Names that mean something else to a glob, and to a command line. */
const ODD_NAMES = {
  "app/[id]/page.tsx": "export default 1;\n",
  "app/[user-id]/page.tsx": "export default 2;\n",
  "app/i/page.tsx": "export default 3;\n",
  "-dash/f.txt": "needle\n",
};

describe("find", () => {
  it.each([
    ["*.ts", undefined, "src/app.ts\nsrc/deep/util.test.ts"],
    ["src/*.ts", undefined, "src/app.ts"],
    ["./src/**/*.ts", undefined, "src/app.ts\nsrc/deep/util.test.ts"],
    ["*.ts", "src/deep", "src/deep/util.test.ts"],
    ["deep/*.ts", "src", "src/deep/util.test.ts"],
    [".env*", undefined, ".env.example"],
    ["README", undefined, "docs/readme.md"],
    ["deep", undefined, "src/deep/util.test.ts"],
    ["*.ts", "node_modules", "node_modules/x/index.ts"],
    ["utiltest", undefined, "src/deep/util.test.ts"],
  ])("%s in %s", async (pattern, folder, expected) => {
    const { call } = await workspace(FILES);
    const result = await call("find", { pattern, ...(folder && { path: folder }) });
    expect(result).toEqual({ text: expected, isError: false });
  });

  it.each([
    ["app/[id]/page.tsx", undefined, "app/[id]/page.tsx"],
    ["**/[id]/*", undefined, "app/[id]/page.tsx"],
    ["[id]/*", "app", "app/[id]/page.tsx"],
    ["*.tsx", "app/[id]", "app/[id]/page.tsx"],
    ["app/[user-id]/*", undefined, "app/[user-id]/page.tsx"],
    ["App/[ID]/page", undefined, "app/[id]/page.tsx"],
    ["app/[h-j]/*", undefined, "app/i/page.tsx"],
    ["*.txt", "-dash", "-dash/f.txt"],
    ["f", "-dash", "-dash/f.txt"],
    ["-dash/*", undefined, "-dash/f.txt"],
  ])("takes odd names as they are: %s in %s", async (pattern, folder, expected) => {
    const { call } = await workspace(ODD_NAMES);
    const result = await call("find", { pattern, ...(folder && { path: folder }) });
    expect(result).toEqual({ text: expected, isError: false });
  });

  it("says when there is nothing, and caps long lists", async () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`f${index}.txt`, ""]));
    const { call } = await workspace(many, { outputLimit: 200 });
    expect(await call("find", { pattern: "*.none" })).toEqual({ text: 'No file matches "*.none".', isError: true });
    const result = await call("find", { pattern: "*.txt" });
    expect(result.text).toMatch(/^f0\.txt\n[\s\S]*\[1\d\d lines, \d+ characters left out; use a narrower pattern/);
    expect(result.fullText?.split("\n")).toHaveLength(200);
  });
});

describe("grep", () => {
  it.each([
    [
      { pattern: "a.p" },
      "3 matching lines\ndocs/readme.md\n1:app\nsrc/app.ts\n1:export const app = 1;\n2:call(app[0]);",
    ],
    [{ pattern: "app", path: "docs" }, "1 matching lines\ndocs/readme.md\n1:app"],
    [{ pattern: "app", path: "docs/readme.md" }, "1 matching lines\ndocs/readme.md\n1:app"],
    [{ pattern: "app", glob: "*.md" }, "1 matching lines\ndocs/readme.md\n1:app"],
    [
      { pattern: "call(app" },
      "[taken as plain text, not as a regular expression]\n1 matching lines\nsrc/app.ts\n2:call(app[0]);",
    ],
    [
      { pattern: "EXPORT CONST" },
      "[found only when upper and lower case count as the same]\n1 matching lines\nsrc/app.ts\n1:export const app = 1;",
    ],
    [{ pattern: "app", path: "node_modules/x" }, "1 matching lines\nnode_modules/x/index.ts\n1:app"],
    [{ pattern: "-e" }, 'No match for "-e".'],
  ])("%j", async (input, expected) => {
    const { call } = await workspace(FILES);
    expect(await call("grep", input)).toEqual({ text: expected, isError: false });
  });

  it.each([
    [{ pattern: "default", glob: "app/[id]/*.tsx" }, "app/[id]/page.tsx\n1:export default 1;"],
    [{ pattern: "default", glob: "./app/[user-id]/*.tsx" }, "app/[user-id]/page.tsx\n1:export default 2;"],
    [{ pattern: "default", glob: "app/[h-j]/*.tsx" }, "app/i/page.tsx\n1:export default 3;"],
    [{ pattern: "default [13]", glob: "!app/[id]/*" }, "app/i/page.tsx\n1:export default 3;"],
    [{ pattern: "default [12]", glob: "!app/[j]/*", path: "app/[id]" }, "app/[id]/page.tsx\n1:export default 1;"],
    [{ pattern: "needle", path: "-dash" }, "-dash/f.txt\n1:needle"],
  ])("takes odd names as they are: %j", async (input, expected) => {
    const { call } = await workspace(ODD_NAMES);
    expect(await call("grep", input)).toEqual({ text: `1 matching lines\n${expected}`, isError: false });
  });

  it.each([
    ["= 1;$", "1 matching lines\na.js\n1:const a = 1;"],
    ["const", "2 matching lines\na.js\n1:const a = 1;\n2:const b = 2;"],
    ["2;\\r$", "1 matching lines\na.js\n2:const b = 2;"],
  ])("knows both line ends: %s", async (pattern, text) => {
    const { call } = await workspace({ "a.js": "const a = 1;\r\nconst b = 2;\r\n" });
    expect(await call("grep", { pattern })).toEqual({ text, isError: false });
  });

  it("says what was wrong with a search that failed", async () => {
    const { call } = await workspace(FILES);
    const result = await call("grep", { pattern: "app", glob: "[" });
    expect(result).toMatchObject({ isError: true });
    expect(result.text).toContain("glob");
    expect(await call("grep", { pattern: "app", path: "nowhere" })).toMatchObject({ isError: true });
  });

  it("says that nothing was found where something cannot be read", async () => {
    const opened = await workspace({ "a.txt": "app\n", "closed/b.txt": "app\n" });
    const { call, folder } = opened;
    chmodSync(path.join(folder, "closed"), 0);
    await withoutPrivileges(opened, async () => {
      const text = 'No match for "none". Some files or folders cannot be read.';
      expect(await call("grep", { pattern: "none" })).toEqual({ text, isError: false });
      expect(await call("grep", { pattern: "app" })).toMatchObject({ text: "1 matching lines\na.txt\n1:app" });
    });
    chmodSync(path.join(folder, "closed"), 0o755);
  });
});
