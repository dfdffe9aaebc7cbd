import { readdir, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { type Check, pass, warn } from "../../inspect/index.ts";
import { findEngine, listModels } from "../../servers/index.ts";
import { createCommandRunner } from "../../tools/index.ts";
import { HalterError } from "../../types/index.ts";
import { formatBytes } from "./format.ts";
import { serverSettings } from "./server-settings.ts";
import type { Settings } from "./settings.ts";

/** What of this machine an agent needs: an engine, models, a sandbox, and the folders halter fills. */
export async function* checkMachine(settings: Settings): AsyncGenerator<Check> {
  try {
    const engine = await findEngine(serverSettings(settings));
    yield pass("machine", `engine: ${engine.title}`);
  } catch (error) {
    if (!(error instanceof HalterError)) throw error;
    yield warn("machine", `engine: ${error.message}`, error.hint ?? "install llama.cpp");
  }
  const models = await listModels(serverSettings(settings));
  const here = models.filter((model) => model.installed).map((model) => model.name);
  yield here.length > 0
    ? pass("machine", `models: ${here.join(", ")}`)
    : warn("machine", "no model here yet", `halter models pull ${models[0]?.name}`);
  const { description } = await createCommandRunner({
    workspace: os.tmpdir(),
    sandbox: "auto",
    allowedPrefixes: [],
    env: settings.env,
    forbidden: [],
  });
  yield description.type === "none"
    ? warn("machine", `sandbox: ${description.reason}`, description.installHint ?? "halter run --allow 'npm test'")
    : pass("machine", `sandbox: ${description.reason}`);
  yield pass("machine", `cache: ${settings.cacheDir} (${formatBytes(await sizeOf(settings.cacheDir))})`);
  yield pass("machine", `threads and logs: ${settings.stateDir} (${formatBytes(await sizeOf(settings.stateDir))})`);
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (!entry.isFile()) continue;
    bytes += (await stat(path.join(entry.parentPath, entry.name)).catch(() => undefined))?.size ?? 0;
  }
  return bytes;
}
