import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listWorkspace, readInstructions } from "../../src/agent/environment.ts";

let root = "";

beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(os.tmpdir(), "halter-env-")));
  await mkdir(path.join(root, ".git"));
  await mkdir(path.join(root, "packages", "shop"), { recursive: true });
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe("project instructions", () => {
  it("come from the git root down, the more specific last, an override in place of its neighbour", async () => {
    await writeFile(path.join(root, "AGENTS.md"), "general");
    await writeFile(path.join(root, "packages", "shop", "AGENTS.md"), "shop");
    await writeFile(path.join(root, "packages", "shop", "AGENTS.override.md"), "mine");
    const found = await readInstructions(path.join(root, "packages", "shop"));
    expect(found).toEqual([
      { path: "AGENTS.md", text: "general" },
      { path: path.join("packages", "shop", "AGENTS.override.md"), text: "mine" },
    ]);
  });

  it("are cut at 32 KiB, the most general first", async () => {
    await writeFile(path.join(root, "AGENTS.md"), "g".repeat(10_000));
    await writeFile(path.join(root, "packages", "AGENTS.md"), "p".repeat(30_000));
    const [general, specific] = await readInstructions(path.join(root, "packages"));
    expect(specific!.text).toHaveLength(30_000);
    expect(general!.text).toMatch(/^g{2768}\n\[cut\]$/);
  });
});

describe("the names in the workspace", () => {
  it("come in a fixed order and leaves generated folders out", async () => {
    await mkdir(path.join(root, "node_modules"));
    for (const name of ["b.js", "a.js", "node_modules/x.js", "packages/shop/c.js"])
      await writeFile(path.join(root, name), "");
    expect(await listWorkspace(root)).toBe("Files: a.js b.js packages/shop/c.js");
  });
});
