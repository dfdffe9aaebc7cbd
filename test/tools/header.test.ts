import { describe, expect, it } from "vitest";
import { workspace } from "../support/tools-workspace.ts";

const TEXT = "function add(a, b) {\n  return a - b;\n}\n";
const FIXED = TEXT.replace("-", "+");
const LONG = Array.from({ length: 40 }, (_, index) => `line ${index + 1}\n`).join("");

/** The first line of what `read` shows. */
async function headerOf(call: Awaited<ReturnType<typeof workspace>>["call"], input: Record<string, unknown>) {
  const { text } = await call("read", input);
  return text.slice(0, text.indexOf("\n") + 1);
}

describe("the header of read, copied into a file", () => {
  it("is left out by write", async () => {
    const { call, read } = await workspace({ "src/add.js": TEXT });
    const header = await headerOf(call, { path: "src/add.js" });
    expect(header).toBe("src/add.js (3 lines)\n");
    const result = await call("write", { path: "src/add.js", content: header + FIXED });
    expect(result.isError).toBe(false);
    expect(read("src/add.js")).toBe(FIXED);
    await call("write", { path: "new.js", content: `new.js (3 lines)\n${FIXED}` });
    expect(read("new.js")).toBe(FIXED);
  });

  it("of some lines alone is no file: nothing is written", async () => {
    const { call, read } = await workspace({ "long.txt": LONG });
    const header = await headerOf(call, { path: "long.txt", start_line: 30 });
    expect(header).toBe("long.txt (lines 30-40 of 40)\n");
    const result = await call("write", { path: "long.txt", content: `${header}line thirty\n` });
    expect(result).toMatchObject({ isError: true, text: expect.stringContaining("use edit") });
    expect(read("long.txt")).toBe(LONG);
  });

  it("is left out by edit, on both sides", async () => {
    const { call, read } = await workspace({ "src/add.js": TEXT });
    const header = await headerOf(call, { path: "src/add.js" });
    const result = await call("edit", { path: "src/add.js", old_text: header + TEXT, new_text: header + FIXED });
    expect(result.isError).toBe(false);
    expect(read("src/add.js")).toBe(FIXED);
  });

  it("alone is what the model wrote: it empties no file", async () => {
    const { call, read } = await workspace({ "src/add.js": TEXT });
    await call("read", { path: "src/add.js" });
    await call("write", { path: "src/add.js", content: "src/add.js (3 lines)\n" });
    expect(read("src/add.js")).toBe("src/add.js (3 lines)\n");
  });

  it("alone is no text to replace", async () => {
    const { call, read } = await workspace({ "src/add.js": TEXT });
    const result = await call("edit", { path: "src/add.js", old_text: "src/add.js (3 lines)\n", new_text: "x" });
    expect(result.isError).toBe(true);
    expect(read("src/add.js")).toBe(TEXT);
  });

  it("of another file, or a line like it that the file has, stays", async () => {
    const { call, read } = await workspace({ "list.md": "list.md (1 lines)\n- one\n" });
    await call("write", { path: "index.md", content: "list.md (1 lines)\n" });
    expect(read("index.md")).toBe("list.md (1 lines)\n");
    await call("edit", { path: "list.md", old_text: "list.md (1 lines)\n- one", new_text: "list.md (2 lines)\n- two" });
    expect(read("list.md")).toBe("list.md (2 lines)\n- two\n");
  });
});
