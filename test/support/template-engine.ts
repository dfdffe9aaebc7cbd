import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { embeddedCommand } from "../../src/servers/engine/embedded.ts";
import { findInCatalog } from "../../src/servers/models/catalog.ts";
import type { ServerSettings } from "../../src/servers/settings.ts";
import { freePort } from "../../src/servers/supervisor/port.ts";
import { readSettings } from "../../src/surfaces/cli/settings.ts";

/** An engine that runs for one template; `post` gives the JSON answer of a route. */
export interface TemplateEngine {
  readonly baseUrl: string;
  get(route: string): Promise<Record<string, unknown>>;
  post(route: string, body: unknown): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 60_000;

/** The command of the embedded engine, or one sentence why there is none. */
export async function templateEngineCommand(): Promise<readonly string[] | string> {
  if (process.env.HALTER_LIVE === "0") return "HALTER_LIVE=0";
  try {
    return await embeddedCommand(serverSettings(), () => {}, AbortSignal.timeout(120_000));
  } catch (error) {
    if (process.env.HALTER_LIVE === "required") throw error;
    return `no engine: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** A model of the catalogue in the cache; undefined where it was not downloaded, an error where live tests are required. */
export async function cachedModel(name: string): Promise<string | undefined> {
  const settings = serverSettings();
  const { file: fileName } = await findInCatalog(settings, name);
  const file = path.join(settings.cacheDir, "models", fileName);
  if (existsSync(file)) return file;
  if (process.env.HALTER_LIVE === "required") throw new Error(`${name} is not in the cache`);
  return undefined;
}

/** Starts `command` with `flags` on a free port and waits until it answers. Its end is the test's `stop`, or the test process's. */
export async function startTemplateEngine(
  command: readonly string[],
  flags: readonly string[],
): Promise<TemplateEngine> {
  const port = await freePort();
  const common = [
    "--host",
    "127.0.0.1",
    "--port",
    String(port),
    "-c",
    "512",
    "-np",
    "1",
    "-t",
    "1",
    "--no-warmup",
    "--jinja",
  ];
  const [program, ...first] = command;
  const child = spawn(program!, [...first, ...common, ...flags], { stdio: ["pipe", "pipe", "pipe"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let log = "";
  child.stderr.on("data", (data) => {
    log += data;
  });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the engine did not start:\n${log.slice(-2000)}`)), START_LIMIT_MS);
    child.once("exit", () => reject(new Error(`the engine ended:\n${log.slice(-2000)}`)));
    child.stdout.on("data", (data: Buffer) => {
      if (!data.includes("listening on")) return;
      clearTimeout(timer);
      resolve();
    });
  });
  const ask = async (route: string, init: RequestInit = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}${route}`, { ...init, signal: AbortSignal.timeout(20_000) });
    return (await response.json()) as Record<string, unknown>;
  };
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    get: (route) => ask(route),
    post: (route, body) =>
      ask(route, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    stop: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function serverSettings(): ServerSettings {
  const { cacheDir, stateDir, pathEnv } = readSettings();
  return { cacheDir, stateDir, pathEnv };
}
