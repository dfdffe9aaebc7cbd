import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import type { HalterError } from "../types/error.ts";
import { embeddedCommand } from "./engine/embedded.ts";
import { type EngineDescription, findEngine, knownFlags } from "./engine/find.ts";
import { agentFlags, DEFAULT_CONTEXT, physicalCores } from "./flags.ts";
import { readGguf } from "./models/gguf.ts";
import { resolveModel } from "./models/store.ts";
import type { StartOptions } from "./settings.ts";
import { useEngine } from "./supervisor/use-engine.ts";

/** A server that answers, for as long as it is not released and this process lives. */
export interface RunningServer {
  /** Without a path or a trailing slash. */
  readonly baseUrl: string;
  /** The name the server answers with. */
  readonly model: string;
  readonly engine: EngineDescription;
  readonly logFile: string;
  /** Why the engine ended although it was not released; nothing while it runs. For whoever lost the connection to it: waits a moment for the word. */
  crash(): Promise<HalterError | undefined>;
  /** Lets the engine go; it stops when its other users have gone too and the linger time is over. */
  release(): Promise<void>;
}

const LINGER_SECONDS = 20;
/** Unix socket paths end at 104 bytes on macOS and 108 on Linux. */
const SOCKET_PATH_LIMIT = 100;

/**
 * Makes the model's server run and waits until it answers: finds or installs the engine, finds or downloads the model,
 * joins the engine another halter started with the same flags, or starts one.
 * Throws a HalterError (`engine_missing`, `engine_crashed`, `model_not_found`, `download_failed`, `disk_full`,
 * `folder_unwritable`, `hash_mismatch`, `locked`) or the signal's reason.
 */
export async function ensureServer(options: StartOptions): Promise<RunningServer> {
  const { settings, onProgress, signal } = options;
  const began = performance.now();
  const engine = await findEngine(settings);
  const model = await resolveModel(settings, options.model, { onProgress, signal });
  const gguf = await readGguf(model.file);
  const embedded = engine.kind === "embedded";
  const program = embedded ? await embeddedCommand(settings, onProgress, signal) : [engine.path];
  const flags = agentFlags({
    modelFile: model.file,
    alias: model.name,
    architecture: gguf.architecture,
    contextTokens: options.contextTokens ?? Math.min(DEFAULT_CONTEXT, gguf.context ?? DEFAULT_CONTEXT),
    slots: options.slots ?? 1,
    threads: options.threads ?? (await physicalCores()),
    known: embedded ? undefined : await knownFlags(engine.path),
    extraFlags: options.extraFlags ?? [],
  });
  const command = [...program, ...flags];
  const key = await keyOf(command, model.file);
  const logFile = path.join(path.resolve(settings.stateDir), "engines", `${model.name.slice(0, 60)}-${key}.log`);
  const used = await useEngine(
    {
      command,
      socket: socketPath(settings, key),
      logFile,
      lingerSeconds: options.lingerSeconds ?? LINGER_SECONDS,
    },
    path.join(path.dirname(logFile), key),
    (seconds) => onProgress({ type: "load", model: model.name, engine: engine.title, seconds }),
    signal,
  );
  const seconds = (performance.now() - began) / 1000;
  onProgress({ type: "ready", baseUrl: used.baseUrl, seconds, shared: used.shared });
  return {
    baseUrl: used.baseUrl,
    model: model.name,
    engine: { ...engine, installed: true },
    logFile,
    crash: used.crash,
    release: used.release,
  };
}

/** The same command on the same model file is the same engine. */
async function keyOf(command: readonly string[], modelFile: string): Promise<string> {
  const { size, mtimeMs } = await stat(modelFile);
  return createHash("sha256")
    .update(JSON.stringify([command, size, mtimeMs]))
    .digest("hex")
    .slice(0, 16);
}

function socketPath(settings: StartOptions["settings"], key: string): string {
  if (process.platform === "win32") return `\\\\.\\pipe\\halter-${key}`;
  const usual = path.join(path.resolve(settings.stateDir), "engines", `${key}.sock`);
  if (Buffer.byteLength(usual) <= SOCKET_PATH_LIMIT) return usual;
  const place = createHash("sha256").update(usual).digest("hex").slice(0, 32);
  return path.join(tmpdir(), `halter-${userInfo().uid}-${place}.sock`);
}
