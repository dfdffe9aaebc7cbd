import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { startLoopback } from "../support/loopback.ts";
import { createHalter, ROOT } from "../support/surfaces.ts";

const halter = createHalter();
afterAll(() => halter.remove());

/** The template engine and the parsers: the build makes one file of each. */
const BUNDLED = /\/src\/(?:templates|parsers)\//;

/** Packages that a command loads, and how many modules in all, those of a bundle aside. */
async function loads(args: readonly string[]): Promise<{ packages: string[]; count: number }> {
  const file = path.join(halter.folder, "loads");
  const hook = pathToFileURL(path.join(ROOT, "test", "support", "surfaces-loads-child.ts")).href;
  const said = await halter.run(args, { env: { NODE_OPTIONS: `--import=${hook}`, LOADS_FILE: file } });
  expect(said.exitCode).toBe(0);
  const urls = readFileSync(file, "utf8").split("\n");
  const names = urls.map((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]);
  return {
    packages: [...new Set(names)].filter((name) => name !== undefined).sort(),
    count: urls.filter((url) => !BUNDLED.test(url)).length,
  };
}

describe("what is loaded", () => {
  it("for the version: the command line alone", async () => {
    const { packages } = await loads(["--version"]);
    expect(packages).toEqual(["commander", "env-paths", "is-safe-filename"]);
  });

  it("for an answer without tools: no schemas, no client libraries, nothing that runs or searches", async () => {
    const server = await startLoopback({ answers: [{ text: "Yes." }] });
    const { packages, count } = await loads(["run", "--base-url", server.baseUrl, "Well?"]);
    await server.close();
    const heavy = ["zod", "openai", "execa", "diff", "fuzzysort", "@vscode/ripgrep", "write-file-atomic"];
    expect(packages).toContain("undici");
    expect(packages.filter((name) => heavy.includes(name))).toEqual([]);
    // Of undici some 30 files are needed, of halter itself some 150.
    expect(count).toBeLessThan(300);
  });
});
