import path from "node:path";
import { describe, expect, it } from "vitest";
import { attachNamed, firstFiles } from "../../src/tools/index.ts";
import { workspace } from "../support/tools-workspace.ts";

const GENERATED = ["node_modules/m/i.js", "pkg/.venv/v.py", "pkg/vendor/w.js", "pkg/dist/d.js", ".git/config"];
const OWN = { "z.js": "z\n", "pkg/b.js": "b\n", "pkg/a/c.js": "c\n" };
const files = { ...OWN, ...Object.fromEntries(GENERATED.map((name) => [name, ""])) };

describe("the first files of a folder", () => {
  it("are its own, breadth first in a fixed order", async () => {
    const { folder } = await workspace(files);
    expect(await firstFiles(folder, 60)).toEqual(["z.js", "pkg/b.js", "pkg/a/c.js"]);
    expect(await firstFiles(path.join(folder, "none"), 60)).toEqual([]);
  });

  it("are no more than the folder in which the count is passed", async () => {
    const { folder } = await workspace(files);
    expect(await firstFiles(folder, 1)).toEqual(["z.js", "pkg/b.js"]);
  });
});

describe("a small folder that a task names", () => {
  it("goes with it, without what is generated", async () => {
    const { context } = await workspace(files);
    const attached = await attachNamed("Look at pkg/ and z.js.", 1000, context);
    expect(attached.map((file) => file.path)).toEqual(["pkg/a/c.js", "pkg/b.js", "z.js"]);
  });

  it("goes without what no tool may touch", async () => {
    const { context, folder } = await workspace(files);
    const world = { ...context, forbidden: [path.join(folder, "pkg/a")] };
    expect((await attachNamed("Look at pkg/", 1000, world)).map((file) => file.path)).toEqual(["pkg/b.js"]);
  });

  it("is left alone when it has many files", async () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`pkg/${index}.js`, "x\n"]));
    const { context } = await workspace(many);
    expect(await attachNamed("Look at pkg/", 1000, context)).toEqual([]);
  });
});
