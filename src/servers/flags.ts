import { readFile } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";

/** Context per slot when nothing is asked for: room for a small task, and about half a gigabyte of cache for a small model. */
export const DEFAULT_CONTEXT = 16_384;

/** Snapshots per slot for models whose state cannot be rewound; half of llama-server's own number, which takes gigabytes. */
const CHECKPOINTS = 16;

/** Shortest run of tokens worth moving in the cache, as llama.cpp's own advice for agents. */
const REUSE_TOKENS = 256;

/** Prompt tokens between two looks at whether the request was cancelled: llama-server's 2,048 are half a minute on a CPU. */
const BATCH = 512;

/** Architectures with plain full attention, whose cache can be shifted: no sliding window, recurrent state or M-RoPE. */
const FULL_ATTENTION = new Set([
  "llama",
  "qwen2",
  "qwen2moe",
  "qwen3",
  "qwen3moe",
  "phi3",
  "glm4",
  "glm4moe",
  "granite",
  "starcoder2",
  "seed_oss",
]);

/** What the flags depend on. */
export interface FlagsInput {
  readonly modelFile: string;
  /** Name the server answers with. */
  readonly alias: string;
  readonly architecture: string;
  /** Tokens per slot. */
  readonly contextTokens: number;
  readonly slots: number;
  readonly threads: number;
  /** Flags the engine knows; absent where all may be used. */
  readonly known: ReadonlySet<string> | undefined;
  readonly extraFlags: readonly string[];
}

/** llama-server's flags for one agent on this machine; those an older build does not know are left out. */
export function agentFlags(input: FlagsInput): string[] {
  const always = [
    ["-m", input.modelFile],
    ["--host", "127.0.0.1"],
    ["-c", String(input.contextTokens * input.slots)],
    ["-np", String(input.slots)],
    ["-t", String(input.threads)],
    ["-b", String(BATCH)],
    ["--alias", input.alias],
  ];
  const whereKnown = [
    ["--jinja"],
    ["--metrics"],
    ["--slots"],
    ["--cache-ram", String(promptCacheMebibytes(totalmem()))],
    ["--ctx-checkpoints", String(CHECKPOINTS)],
    ...(FULL_ATTENTION.has(input.architecture) ? [["--cache-reuse", String(REUSE_TOKENS)]] : []),
  ];
  const wanted = whereKnown.filter(([flag]) => input.known?.has(flag!) ?? true);
  return [...always, ...wanted, ...input.extraFlags].flat();
}

/** An eighth of the machine's memory for prompts that left their slot, at most llama-server's own 8 GiB. */
function promptCacheMebibytes(memoryBytes: number): number {
  return Math.min(8_192, Math.floor(memoryBytes / 8 / 2 ** 20));
}

/** Cores that compute by themselves: two threads of one core slow generation down. */
export async function physicalCores(): Promise<number> {
  const logical = availableParallelism();
  if (process.platform === "linux") {
    const text = await readFile("/proc/cpuinfo", "utf8").catch(() => "");
    const cores = text.split("\n\n").map((block) => {
      const [socket, core] = [/^physical id\s*: (\d+)/m, /^core id\s*: (\d+)/m].map((field) => field.exec(block)?.[1]);
      return core === undefined ? undefined : `${socket}/${core}`;
    });
    const distinct = new Set(cores.filter((core) => core !== undefined)).size;
    return distinct > 0 ? Math.min(distinct, logical) : logical;
  }
  return process.arch === "arm64" ? logical : Math.max(1, Math.ceil(logical / 2));
}
