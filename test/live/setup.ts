import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { ensureServer } from "../../src/servers/index.ts";
import { readSettings } from "../../src/surfaces/cli/settings.ts";
import { progressLine } from "../support/servers-progress-line.ts";

/** The one engine of all live tests, or one sentence why there is none. */
export type Live = { readonly baseUrl: string; readonly model: string } | { readonly skip: string };

declare module "vitest" {
  interface ProvidedContext {
    live: Live;
  }
}

const MODEL = "qwen2.5-coder-1.5b";
/** Long enough for a cold cache on a slow line. */
const LIMIT = 15 * 60_000;

/**
 * Starts one engine for all live tests and provides it as `live`. HALTER_LIVE=0 starts none; with HALTER_LIVE=required
 * a run without an engine fails. Engine and model stay in halter's cache folder between runs.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const wanted = process.env.HALTER_LIVE ?? "";
  if (wanted === "0") {
    project.provide("live", { skip: "HALTER_LIVE=0" });
    return;
  }
  const { cacheDir, pathEnv, llamaServer } = readSettings();
  const stateDir = await mkdtemp(path.join(os.tmpdir(), "halter-live-"));
  const line = progressLine(process.stderr);
  const removeState = () => rm(stateDir, { recursive: true, force: true });
  try {
    const server = await ensureServer({
      settings: { cacheDir, stateDir, pathEnv, modelSources: ["wheels"], ...(llamaServer && { llamaServer }) },
      model: MODEL,
      contextTokens: 8192,
      slots: 1,
      lingerSeconds: 1,
      onProgress: line.show,
      signal: AbortSignal.timeout(LIMIT),
    });
    line.end(`live tests: ${server.model} on ${server.engine.title}`);
    project.provide("live", { baseUrl: server.baseUrl, model: server.model });
    return async () => {
      await server.release();
      await removeState();
    };
  } catch (error) {
    await removeState();
    const reason = error instanceof Error ? error.message : String(error);
    line.end(`live tests: no engine: ${reason}`);
    if (wanted === "required") throw error;
    project.provide("live", { skip: `no engine: ${reason}` });
    return;
  }
}
