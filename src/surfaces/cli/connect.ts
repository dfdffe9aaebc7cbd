import path from "node:path";
import { type Backend, HalterError, type OnTrace } from "../../types/index.ts";
import { interruptible } from "./interruptible.ts";
import type { ServerFlags } from "./run-flags.ts";
import { serverSettings } from "./server-settings.ts";
import type { Settings } from "./settings.ts";
import { statusOnStderr } from "./status-on-stderr.ts";
import { asUsage } from "./usage-error.ts";

/** A connected backend and what has to be let go of afterwards. */
export interface Connection {
  readonly backend: Backend;
  /** What a server was started for: a name of the catalogue or the absolute path of a GGUF file. */
  readonly startedModel?: string;
  release(): Promise<void>;
}

/**
 * Finds or starts the server: an address that was given, else an engine of our own when the model is a file or a name of the catalogue,
 * else a server on one of the usual local ports. Throws as discovery and starting do; `model_not_found` also where no server runs that might
 * have the model.
 */
export async function connect(settings: Settings, flags: ServerFlags, onTrace: OnTrace): Promise<Connection> {
  const baseUrl = flags.baseUrl ?? settings.baseUrl;
  if (!baseUrl && flags.model && (await isLocalModel(flags.model)))
    return startEngine(settings, flags, flags.model, onTrace);
  const { discover } = await import("../../backends/index.ts");
  const apiKey = flags.apiKey ?? settings.apiKey;
  const status = statusOnStderr();
  try {
    const backend = await interruptible((signal) =>
      discover({
        onTrace,
        now: Date.now,
        signal,
        onWaiting: (detail) => status.set(detail),
        ...(baseUrl && { baseUrl }),
        ...(apiKey && { apiKey }),
        ...(flags.model && { model: flags.model }),
        ...(flags.wait !== undefined && { loadingSeconds: flags.wait }),
      }),
    );
    return { backend, release: async () => {} };
  } catch (error) {
    const isGone = error instanceof HalterError && error.code === "server_unreachable";
    if (!isGone || baseUrl || !flags.model) throw error;
    throw await (await import("./no-such-model.ts")).noSuchModel(settings, flags.model, error);
  } finally {
    status.clear();
  }
}

/** Connects to the server that a `--server` flag names in place of a file; the caller closes it. Throws `usage` where it cannot be read. */
export async function connectToServer(settings: Settings, baseUrl: string, apiKey?: string): Promise<Backend> {
  try {
    return (await connect(settings, { baseUrl, ...(apiKey && { apiKey }) }, () => {})).backend;
  } catch (error) {
    const isGone = error instanceof HalterError && error.code === "server_unreachable";
    throw asUsage(
      error,
      isGone ? "start llama-server and give its address: --server http://127.0.0.1:8080" : undefined,
    );
  }
}

/** Whether a model can be had without a server that is running: a GGUF file or a name of the catalogue. */
export async function isLocalModel(model: string): Promise<boolean> {
  if (isGgufName(model)) return true;
  const { isCatalogueName } = await import("../../servers/index.ts");
  return isCatalogueName(model);
}

function isGgufName(model: string): boolean {
  return model.toLowerCase().endsWith(".gguf");
}

async function startEngine(
  settings: Settings,
  flags: ServerFlags,
  model: string,
  onTrace: OnTrace,
): Promise<Connection> {
  const { ensureServer } = await import("../../servers/index.ts");
  const { discover } = await import("../../backends/index.ts");
  const { showServerProgress } = await import("./show-server-progress.ts");
  const server = await showServerProgress((onProgress, signal) =>
    ensureServer({
      settings: serverSettings(settings),
      model,
      signal,
      onProgress,
      ...(flags.context !== undefined && { contextTokens: flags.context }),
    }),
  );
  try {
    const { baseUrl, crash } = server;
    const backend = await discover({ baseUrl, onTrace, now: Date.now, crash });
    const startedModel = isGgufName(model) ? path.resolve(model) : model;
    return { backend, startedModel, release: () => server.release() };
  } catch (error) {
    await server.release();
    throw error;
  }
}
