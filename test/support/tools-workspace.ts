import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { createCommandRunner, createTools } from "../../src/tools/index.ts";
import type { ToolContext, ToolResult } from "../../src/types/index.ts";

/** A folder with files of its own and a way to call the tools in it; gone after the test. */
export interface Workspace {
  readonly folder: string;
  /** The folder around the workspace, which no tool may touch. */
  readonly outside: string;
  readonly context: ToolContext;
  call(name: string, input: Record<string, unknown>): Promise<ToolResult>;
  read(file: string): string;
  write(file: string, content: string | Uint8Array): void;
  remove(): void;
}

/** Makes a workspace and leaves its removal to the caller; for properties, which run many in one test. */
export async function openWorkspace(
  files: Readonly<Record<string, string | Uint8Array>>,
  changes: Partial<ToolContext> = {},
): Promise<Workspace> {
  const outside = realpathSync(mkdtempSync(path.join(tmpdir(), "halter-tools-")));
  const folder = path.join(outside, "work");
  mkdirSync(folder);
  const write = (file: string, content: string | Uint8Array) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), content);
  };
  for (const [file, content] of Object.entries(files)) write(file, content);
  const runner = await createCommandRunner({
    workspace: folder,
    sandbox: "off",
    allowedPrefixes: [],
    env: process.env,
    forbidden: [],
  });
  const context: ToolContext = {
    workspace: folder,
    signal: new AbortController().signal,
    outputLimit: 20_000,
    seen: new Map(),
    runCommand: runner.run,
    forbidden: [],
    ...changes,
  };
  return {
    folder,
    outside,
    context,
    call: (name, input) => tools.find((tool) => tool.spec.name === name)!.run(input, context),
    read: (file) => readFileSync(path.join(folder, file), "utf8"),
    write,
    remove: () => rmSync(outside, { recursive: true, force: true }),
  };
}

/** A workspace that goes with the test that asked for it. */
export async function workspace(
  files: Readonly<Record<string, string | Uint8Array>> = {},
  changes: Partial<ToolContext> = {},
): Promise<Workspace> {
  const opened = await openWorkspace(files, changes);
  onTestFinished(opened.remove);
  return opened;
}

/** The user that owns nothing. */
const NOBODY = 65_534;

/** Runs `work` as a user who may not read everything: root may list and open what nobody else can. */
export async function withoutPrivileges<T>(opened: Workspace, work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  chmodSync(opened.outside, 0o755);
  process.seteuid!(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid!(0);
  }
}

const tools = createTools();

/**
 * Whether no process whose command line matches the pattern is left: what was killed is gone as soon as the kernel comes to it. Throws
 * where that cannot be found out.
 */
export async function isGone(pattern: string): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const { status, error } = spawnSync("pgrep", ["-f", pattern]);
    if (status === 1) return true;
    if (status !== 0) throw error ?? new Error(`pgrep ended with ${status}`);
    await delay(50);
  }
  return false;
}
