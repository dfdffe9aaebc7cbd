import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import type { ServerProgress, ServerSettings, StartOptions } from "../../src/servers/index.ts";
import { writeTinyGguf } from "./tiny-gguf.ts";

/** A folder of one test with settings that lie in it; nothing of the machine's own cache or state is touched. */
export class Place {
  readonly folder: string = mkdtempSync(path.join(os.tmpdir(), "halter-servers-"));
  readonly settings: ServerSettings;
  readonly progress: ServerProgress[] = [];
  readonly children: ChildProcess[] = [];

  constructor(settings: Partial<ServerSettings> = {}, engine: "fake" | "own" = "own") {
    const llamaServer = engine === "fake" ? { llamaServer: this.fakeEngine() } : {};
    this.settings = {
      ...llamaServer,
      cacheDir: path.join(this.folder, "cache"),
      stateDir: path.join(this.folder, "state"),
      pathEnv: process.env.PATH ?? "",
      ...settings,
    };
  }

  path(...parts: string[]): string {
    return path.join(this.folder, ...parts);
  }

  /** A llama-server that is a script of ours, in a folder of its own. */
  fakeEngine(): string {
    const folder = this.path("bin");
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, "llama-server");
    const script = path.join(import.meta.dirname, "servers-fake-engine.mjs");
    writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
    chmodSync(file, 0o755);
    return file;
  }

  /** A valid model whose name tells the fake engine what to do. */
  model(behaviour = "serve"): string {
    const file = this.path(`${behaviour}.gguf`);
    writeTinyGguf(file, { name: `behaviour:${behaviour}` });
    return file;
  }

  start(model: string, more: Partial<StartOptions> = {}): StartOptions {
    return {
      settings: this.settings,
      model,
      lingerSeconds: 0.5,
      threads: 1,
      contextTokens: 512,
      onProgress: (progress) => this.progress.push(progress),
      signal: AbortSignal.timeout(50_000),
      ...more,
    };
  }

  /** A halter in another process that uses an engine until it is killed. */
  async client(model: string): Promise<{ child: ChildProcess; baseUrl: string }> {
    const script = path.join(import.meta.dirname, "servers-client-child.ts");
    const child = spawn(process.execPath, [script, JSON.stringify(this.settings), model, "0.5"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.children.push(child);
    for await (const line of createInterface({ input: child.stdout })) {
      return { child, baseUrl: (JSON.parse(line) as { baseUrl: string }).baseUrl };
    }
    throw new Error("the client ended without a word");
  }

  remove(): void {
    for (const child of this.children) child.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What the fake engine answers: its process and its arguments. */
export async function askFake(baseUrl: string): Promise<{ pid: number; args: string[] }> {
  return (await (await fetch(`${baseUrl}/health`)).json()) as { pid: number; args: string[] };
}

/** Whether a process still does anything; one that has ended but was not waited for does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return !/\) [ZX] /.test(stat);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" && process.platform !== "linux";
  }
}

/** Whether the condition comes true within twenty seconds. */
export async function eventually(condition: () => boolean | Promise<boolean>): Promise<boolean> {
  for (let attempt = 0; attempt < 400; attempt++) {
    if (await condition()) return true;
    await wait(50);
  }
  return false;
}
