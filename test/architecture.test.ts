import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const src = path.join(import.meta.dirname, "..", "src");
const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => file.split(path.sep).join("/"))
  .sort();

const STAGES = ["templates", "parsers", "context", "profiles", "backends", "servers", "tools", "trace", "journal"];
const PURE = ["templates", "parsers", "context"];
const ALL_BELOW_SURFACES = ["types", ...STAGES, "agent", "inspect"];

/** Which folders a folder may import from, itself aside. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  types: [],
  ...Object.fromEntries(STAGES.map((stage) => [stage, ["types"]])),
  agent: ["types", ...STAGES],
  inspect: ["types", ...STAGES, "agent"],
  "surfaces/headless.ts": ALL_BELOW_SURFACES,
  "surfaces/cli": [...ALL_BELOW_SURFACES, "surfaces/headless.ts", "surfaces/tui", "surfaces/rpc", "surfaces/acp"],
  "surfaces/tui": ALL_BELOW_SURFACES,
  "surfaces/rpc": ALL_BELOW_SURFACES,
  "surfaces/acp": ALL_BELOW_SURFACES,
  "index.ts": ALL_BELOW_SURFACES,
  "bin.ts": ["surfaces/cli"],
};

/** Which folders may import a package; one, unless its uses have nothing to share. */
const OWNERS: Record<string, readonly string[]> = {
  "@huggingface/jinja": ["templates"],
  "@vscode/ripgrep": ["tools"],
  commander: ["surfaces/cli"],
  diff: ["tools", "surfaces/cli"],
  "env-paths": ["surfaces/cli"],
  execa: ["tools", "servers"],
  fuzzysort: ["tools"],
  openai: ["backends"],
  "proper-lockfile": ["journal", "servers"],
  undici: ["backends", "servers"],
  "write-file-atomic": ["tools"],
  zod: ["types", "servers"],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

const STATEMENT = /^(?:import|export)\b(?:[\w\s{},*$]*\bfrom)?\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm;

const sources = new Map(files.map((file) => [file, readFileSync(path.join(src, file), "utf8")]));
const imports: Import[] = files.flatMap((file) =>
  // Statements begin a line; what else looks like one stands in a text.
  [...(sources.get(file) ?? "").matchAll(STATEMENT)].map((match) => ({ from: file, to: (match[1] ?? match[2])! })),
);

const packageImports = imports
  .filter(({ to }) => !to.startsWith(".") && !to.startsWith("node:"))
  .map(({ from, to }) => ({ from, name: packageOf(to) }));
const { dependencies } = JSON.parse(readFileSync(path.join(src, "..", "package.json"), "utf8")) as {
  dependencies: Record<string, string>;
};

/** `undici/lib/agent.js` is of `undici`, `@a/b/c` of `@a/b`. */
function packageOf(imported: string): string {
  return imported
    .split("/")
    .slice(0, imported.startsWith("@") ? 2 : 1)
    .join("/");
}

function unitOf(file: string): string {
  const parts = file.split("/");
  if (parts[0] !== "surfaces") return parts[0]!;
  return `surfaces/${parts[1]}`;
}

function resolve(from: string, to: string): string {
  return path.posix.normalize(path.posix.join(path.posix.dirname(from), to));
}

describe("architecture", () => {
  it("has source files to look at", () => {
    expect(files.length).toBeGreaterThan(5);
    expect(imports.length).toBeGreaterThan(5);
  });

  it("every file lies in a known folder", () => {
    expect(files.filter((file) => !(unitOf(file) in MAY_IMPORT))).toEqual([]);
  });

  it("imports follow the layers", () => {
    const wrong = imports
      .filter(({ to }) => to.startsWith("."))
      .map(({ from, to }) => ({ from, unit: unitOf(from), to: unitOf(resolve(from, to)) }))
      .filter(({ unit, to }) => unit !== to && !MAY_IMPORT[unit]?.includes(to))
      .map(({ from, to }) => `${from} imports ${to}`);
    expect(wrong).toEqual([]);
  });

  it("relative imports name files that exist", () => {
    const missing = imports
      .filter(({ to }) => to.startsWith("."))
      .filter(({ from, to }) => !sources.has(resolve(from, to)))
      .map(({ from, to }) => `${from}: ${to}`);
    expect(missing).toEqual([]);
  });

  it("packages are imported by their owners alone", () => {
    const wrong = packageImports
      .filter(({ from, name }) => !OWNERS[name]?.includes(unitOf(from)))
      .map(({ from, name }) => `${from} imports ${name}`);
    expect(wrong).toEqual([]);
  });

  it("every dependency has owners, and each of them imports it", () => {
    expect(Object.keys(OWNERS).sort()).toEqual(Object.keys(dependencies).sort());
    const idle = Object.entries(OWNERS).flatMap(([name, owners]) =>
      owners
        .filter((owner) => !packageImports.some((found) => found.name === name && unitOf(found.from) === owner))
        .map((owner) => `${owner} does not import ${name}`),
    );
    expect(idle).toEqual([]);
  });

  it("templates, parsers and context are pure", () => {
    const impure =
      /["']node:|\bprocess\.|\bDate\b(?!\.UTC)|\bMath\.random|\bcrypto\b|\bfetch\(|\bsetTimeout|\bperformance\b|\bconsole\./;
    const wrong = files.filter((file) => PURE.includes(unitOf(file)) && impure.test(withoutComments(file)));
    expect(wrong).toEqual([]);
  });

  it("stages and agent read no environment and print nothing", () => {
    const quiet = [...STAGES, "agent", "types"];
    const wrong = files.filter(
      (file) => quiet.includes(unitOf(file)) && /\bprocess\.env\b|\bconsole\./.test(withoutComments(file)),
    );
    expect(wrong).toEqual([]);
  });

  it("the environment is read once", () => {
    const readers = files.filter((file) => /\bprocess\.env\b/.test(withoutComments(file)));
    expect(readers.filter((file) => file !== "surfaces/cli/settings.ts")).toEqual([]);
  });

  it("files are small", () => {
    const lengths = files.map((file) => (sources.get(file) ?? "").split("\n").length - 1);
    expect(files.filter((_, index) => lengths[index]! > 300)).toEqual([]);
    expect(lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(100);
  });

  it("speaks of itself alone", () => {
    const absolute = /["'`](\/home\/|\/root\/|\/work\/|\/Users\/)/;
    expect(files.filter((file) => absolute.test(sources.get(file) ?? ""))).toEqual([]);
  });
});

function withoutComments(file: string): string {
  return (sources.get(file) ?? "").replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}
