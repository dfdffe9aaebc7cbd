import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { draws, LONG } from "../support/draws.ts";
import { openWorkspace, type Workspace, workspace } from "../support/tools-workspace.ts";

const SECRET = "what lies outside";

/** A workspace with every kind of link out of it, and a file outside that must not be read or changed. */
async function withLinks(): Promise<Workspace> {
  const opened = await openWorkspace({ "a.txt": "inside", ".git/config": "inside", "sub/b.txt": "inside" });
  const { folder, outside } = opened;
  writeFileSync(path.join(outside, "secret.txt"), SECRET);
  mkdirSync(path.join(outside, "work-too"));
  writeFileSync(path.join(outside, "work-too", "secret.txt"), SECRET);
  symlinkSync(outside, path.join(folder, "up"));
  symlinkSync(path.join(outside, "secret.txt"), path.join(folder, "link.txt"));
  symlinkSync(path.join(outside, "not-yet.txt"), path.join(folder, "dangling.txt"));
  symlinkSync("loop", path.join(folder, "loop"));
  symlinkSync(".git", path.join(folder, "git-link"));
  symlinkSync("sub", path.join(folder, "sub-link"));
  return opened;
}

describe("paths", () => {
  it("never lead outside the workspace or into .git, whatever they are made of", { timeout: LONG }, async () => {
    const opened = await withLinks();
    try {
      const before = readdirSync(opened.outside).sort();
      const part = fc.constantFrom(
        ...["..", ".", "up", "link.txt", "dangling.txt", "loop", "git-link", "sub-link", ".git", ".GIT", "config"],
        ...["hooks", "secret.txt", "work", "work-too", "sub", "~", "", opened.outside, "/tmp", "\0"],
      );
      await fc.assert(
        fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 5 }), async (parts) => {
          const wanted = parts.join("/");
          const shown = await opened.call("read", { path: wanted });
          expect(shown.text).not.toContain(SECRET);
          await opened.call("write", { path: wanted, content: "written" });
          await opened.call("edit", { path: wanted, old_text: "outside", new_text: "written" });
          await opened.call("edit", { path: wanted, old_text: "inside", new_text: "written" });
          expect((await opened.call("grep", { pattern: "outside", path: wanted })).text).not.toContain(SECRET);
        }),
        draws(60),
      );
      expect(readFileSync(path.join(opened.outside, "secret.txt"), "utf8")).toBe(SECRET);
      expect(readFileSync(path.join(opened.outside, "work-too", "secret.txt"), "utf8")).toBe(SECRET);
      expect(readdirSync(opened.outside).sort()).toEqual(before);
      expect(readdirSync(path.join(opened.folder, ".git"))).toEqual(["config"]);
      expect(opened.read(".git/config")).toBe("inside");
    } finally {
      opened.remove();
    }
  });

  it.each([
    ["../secret.txt", "is outside the workspace"],
    ["link.txt", "is outside the workspace"],
    ["up/secret.txt", "is outside the workspace"],
    ["/etc/passwd", "is outside the workspace"],
    ["dangling.txt", "is a link that leads nowhere"],
    [".git/config", "is in .git"],
    ["git-link/config", "is in .git"],
  ])("%s is refused with a reason", async (wanted, reason) => {
    const opened = await withLinks();
    const { text, isError } = await opened.call("read", { path: wanted });
    opened.remove();
    expect(isError).toBe(true);
    expect(text).toContain(reason);
  });

  it("may be absolute, rooted at the workspace, quoted, or through links inside it", async () => {
    const opened = await withLinks();
    const forms = [
      "sub/b.txt",
      "./sub/b.txt",
      `${opened.folder}/sub/b.txt`,
      "/sub/b.txt",
      "`sub/b.txt`",
      "sub-link/b.txt",
    ];
    const texts = await Promise.all(forms.map(async (form) => (await opened.call("read", { path: form })).text));
    opened.remove();
    expect(texts).toEqual(forms.map(() => "sub/b.txt (1 lines)\ninside"));
  });

  it("may not lead into a forbidden folder", async () => {
    const { folder, context } = await workspace({ "keep/j.txt": "inside", "a.txt": "inside" });
    const { call } = await forbidding(context.workspace);
    expect(folder).toBe(context.workspace);
    expect((await call("read", { path: "keep/j.txt" })).text).toContain("no tool may touch");
    expect((await call("find", { pattern: "*.txt" })).text).toBe("a.txt");
    expect((await call("grep", { pattern: "inside" })).text).toBe("1 matching lines\na.txt\n1:inside");
    expect((await call("read", { path: "." })).text).toBe("./ (1 entries)\na.txt");
  });
});

async function forbidding(folder: string): Promise<Workspace> {
  return workspace({}, { workspace: folder, forbidden: [path.join(folder, "keep")] });
}
