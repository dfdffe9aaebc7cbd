import { chmodSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { withoutPrivileges, workspace } from "../support/tools-workspace.ts";

const HUNDRED = Array.from({ length: 100 }, (_, index) => `line ${index + 1}\n`).join("");

describe("read", () => {
  it("shows a short file whole, whatever lines are asked for", async () => {
    const { call } = await workspace({ "short.txt": "one\ntwo\nthree\n" });
    expect((await call("read", { path: "short.txt", start_line: 1, end_line: 1 })).text).toBe(
      "short.txt (3 lines)\none\ntwo\nthree",
    );
  });

  it("shows a file, or a range of its lines, under a header", async () => {
    const { call } = await workspace({ "a.txt": HUNDRED, "empty.txt": "" });
    expect((await call("read", { path: "a.txt" })).text).toBe(`a.txt (100 lines)\n${HUNDRED.trimEnd()}`);
    expect((await call("read", { path: "a.txt", start_line: 99 })).text).toBe(
      "a.txt (lines 99-100 of 100)\nline 99\nline 100",
    );
    expect((await call("read", { path: "a.txt", start_line: 100, end_line: -1 })).text).toBe(
      "a.txt (lines 100-100 of 100)\nline 100",
    );
    expect((await call("read", { path: "a.txt", start_line: 2, end_line: 3 })).text).toBe(
      "a.txt (lines 2-3 of 100)\nline 2\nline 3",
    );
    expect((await call("read", { path: "empty.txt" })).text).toBe("empty.txt is empty");
    expect(await call("read", { path: "a.txt", start_line: 101 })).toMatchObject({ isError: true });
  });

  it("says where to go on when there is no room, and keeps the whole", async () => {
    const { call } = await workspace({ "a.txt": HUNDRED }, { outputLimit: 50 });
    const result = await call("read", { path: "a.txt" });
    expect(result.text).toBe(
      "a.txt (lines 1-7 of 100)\nline 1\nline 2\nline 3\nline 4\nline 5\nline 6\nline 7\n[go on with start_line 8]",
    );
    expect(result.fullText).toBe(HUNDRED.trimEnd());
  });

  it("cuts a line that has no room by itself", async () => {
    const { call } = await workspace({ "min.js": "x".repeat(10_000) }, { outputLimit: 400 });
    const result = await call("read", { path: "min.js" });
    expect(result.text.length).toBeLessThan(600);
    expect(result.text).toContain("9600 characters left out");
    expect(result.fullText).toHaveLength(10_000);
  });

  it("names binary files, lists folders, resolves a unique name", async () => {
    const { call } = await workspace({
      "a.png": new Uint8Array([137, 80, 0, 1]),
      "src/x.js": "1\n",
      ".git/config": "",
    });
    expect((await call("read", { path: "a.png" })).text).toBe("a.png is a binary file (4 bytes), not shown.");
    expect((await call("read", { path: "." })).text).toBe("./ (2 entries)\na.png\nsrc/");
    expect((await call("read", { path: "lib/x.js" })).text).toBe(
      'There is no "lib/x.js"; the file is src/x.js.\nsrc/x.js (1 lines)\n1',
    );
    expect(await call("read", { path: "src/y.jsx" })).toMatchObject({
      isError: true,
      text: 'There is no file "src/y.jsx".',
    });
  });

  it("says so of a folder that cannot be listed", async () => {
    const opened = await workspace({ "closed/a.txt": "1\n" });
    const closed = path.join(opened.folder, "closed");
    chmodSync(closed, 0);
    const result = await withoutPrivileges(opened, () => opened.call("read", { path: "closed" }));
    chmodSync(closed, 0o755);
    expect(result).toEqual({ text: "closed cannot be read (EACCES).", isError: true });
  });
});

describe("write", () => {
  it("creates files and their folders, whole or not at all", async () => {
    const { call, read, folder } = await workspace({ "src/x.js": "1\n", "lib/y.js": "" });
    const result = await call("write", { path: "lib/deep/x.js", content: "2\n3\n" });
    expect(result.text).toBe("created lib/deep/x.js (2 lines); there is also src/x.js");
    expect(result.changes?.[0]).toMatchObject({ path: "lib/deep/x.js", kind: "add" });
    expect(result.changes?.[0]?.diff).toBe("--- /dev/null\n+++ b/lib/deep/x.js\n@@ -0,0 +1,2 @@\n+2\n+3\n");
    expect(read("lib/deep/x.js")).toBe("2\n3\n");
    expect(readdirSync(path.join(folder, "lib/deep"))).toEqual(["x.js"]);
  });

  it("shows a file that the thread does not know before it is replaced", async () => {
    const { call, read, write } = await workspace({ "a.js": "old\n" });
    const first = await call("write", { path: "a.js", content: "new\n" });
    expect(first).toMatchObject({ isError: true });
    expect(first.text).toBe(
      "a.js already exists. Nothing was written; call write again to replace it.\na.js (1 lines)\nold",
    );
    expect(read("a.js")).toBe("old\n");
    expect((await call("write", { path: "a.js", content: "new\n" })).text).toBe("replaced a.js (1 lines)");
    write("a.js", "from elsewhere\n");
    expect((await call("write", { path: "a.js", content: "newer\n" })).text).toContain("has changed since you saw it");
    expect(read("a.js")).toBe("from elsewhere\n");
  });

  it("keeps line ends, byte order mark, last newline and mode of what it replaces", async () => {
    const { call, read, folder } = await workspace({ "a.sh": "\uFEFFone\r\ntwo\r\n" });
    chmodSync(path.join(folder, "a.sh"), 0o755);
    await call("read", { path: "a.sh" });
    await call("write", { path: "a.sh", content: "1\n2\n3" });
    expect(read("a.sh")).toBe("\uFEFF1\r\n2\r\n3\r\n");
    expect(statSync(path.join(folder, "a.sh")).mode & 0o777).toBe(0o755);
    expect((await call("write", { path: "a.sh", content: "1\n2\n3" })).text).toContain("nothing was changed");
  });

  it("asks once whether a namesake is meant when no folder of the path is there", async () => {
    const { call, read, folder } = await workspace({ "src/n.js": "1\n" });
    expect(await call("write", { path: "path/to/n.js", content: "2\n" })).toEqual({
      isError: true,
      text: 'There is no folder "path". Did you mean: src/n.js? Nothing was written; call write again to make path/to/n.js.',
    });
    expect(readdirSync(folder)).toEqual(["src"]);
    expect((await call("write", { path: "path/to/n.js", content: "2\n" })).isError).toBe(false);
    expect(read("path/to/n.js")).toBe("2\n");
    expect((await call("write", { path: "n.js", content: "3\n" })).isError).toBe(false);
    expect((await call("write", { path: "new/m.js", content: "4\n" })).isError).toBe(false);
  });

  it("leaves a read-only file as it is, for edit too", async () => {
    const { call, read, folder } = await workspace({ "a.js": "old\n" });
    chmodSync(path.join(folder, "a.js"), 0o444);
    await call("read", { path: "a.js" });
    const refused = { isError: true, text: "a.js is read-only. It was not changed." };
    expect(await call("write", { path: "a.js", content: "new\n" })).toEqual(refused);
    expect(await call("edit", { path: "a.js", old_text: "old", new_text: "new" })).toEqual(refused);
    expect(read("a.js")).toBe("old\n");
  });

  it("refuses folders, and binary files", async () => {
    const { call } = await workspace({ "src/n.js": "1\n", "a.bin": new Uint8Array([0]) });
    expect(await call("write", { path: "src", content: "x" })).toMatchObject({ isError: true });
    expect(await call("write", { path: "a.bin", content: "x" })).toMatchObject({ isError: true });
    expect(await call("write", { path: "src/n.js/x.js", content: "x" })).toMatchObject({ isError: true });
  });
});
