import { statSync } from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Thinking } from "../../agent/index.ts";
import type { Sampling, Wire } from "../../types/index.ts";
import { SAMPLING_NUMBERS } from "../../types/sampling-numbers.ts";

/** Flags of every command that talks to a server. */
export interface ServerFlags {
  readonly baseUrl?: string;
  readonly apiKey?: string;
  readonly model?: string;
  readonly context?: number;
  readonly wait?: number;
}

/** Flags of every command that runs a turn. */
export interface RunFlags extends ServerFlags {
  /** Folder to work in; the current one by default, in a resumed thread always its own. */
  readonly C?: string;
  readonly wire: Wire | "auto";
  readonly temp?: number;
  readonly seed?: number;
  readonly set?: Sampling;
  readonly thinking?: Thinking;
  /** JSON file of a profile, or of a part of one. */
  readonly profile?: string;
  readonly maxSteps?: number;
  readonly maxTokens?: number;
  readonly time?: number;
  readonly allow?: readonly string[];
  /** False with `--no-sandbox`. */
  readonly sandbox: boolean;
  readonly json?: boolean;
}

/** Adds the flags that choose server and model. */
export function addServerFlags(command: Command): Command {
  return command
    .optionsGroup("Server and model:")
    .option("--base-url <url>", "server to use (HALTER_BASE_URL); else the usual local ports are tried")
    .option("--api-key <key>", "key of the server (HALTER_API_KEY)")
    .option("--model <name>", "GGUF file or name of `halter models` to start here, else a model of the server")
    .option("--context <tokens>", "context of a model that is started here", positiveWhole)
    .option("--wait <seconds>", "how long a model may load (default: 600)", positive);
}

/** Adds the flags of a turn. */
export function addRunFlags(command: Command): Command {
  return addServerFlags(command)
    .addOption(new Option("--wire <wire>", "who renders the prompt").choices(["auto", "raw", "chat"]).default("auto"))
    .optionsGroup("Answers:")
    .option("--temp <number>", "temperature", nonNegative)
    .option("--seed <number>", "seed of the sampling, a whole number", readSeed)
    .option("--set <key=value>", "sampling value by the server's name, e.g. top_k=20; repeatable", addSetting)
    .option("--thinking <on|off|N>", "switch thinking, or give it a budget of N tokens", readThinking)
    .option("--max-tokens <n>", "tokens of one answer (default: an eighth of the context)", positiveWhole)
    .option("--profile <file>", "JSON of what to know of the model: a parser spec, or a profile or some keys of one")
    .optionsGroup("Limits:")
    .option("--max-steps <n>", "model calls before it stops (default: 50)", positiveWhole)
    .option("--time <seconds>", "seconds before it stops", positive)
    .optionsGroup("Shell commands:")
    .option("--allow <prefix>", "command that may run without a sandbox, e.g. 'npm test'; repeatable", append)
    .option("--no-sandbox", "run all of them without a sandbox")
    .optionsGroup("Output:")
    .option("--json", "print events, one JSON object a line (names of `codex exec --json`)");
}

/** Reads the value of `-C`, the folder to work in. */
export function readFolder(text: string): string {
  if (!statSync(text, { throwIfNoEntry: false })?.isDirectory())
    throw new InvalidArgumentError("There is no such folder.");
  return text;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("A number above 0 is needed.");
  return value;
}

function positiveWhole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value <= 0) throw new InvalidArgumentError("A whole number above 0 is needed.");
  return value;
}

/** The highest seed of llama-server, which keeps it in 32 bits. */
const HIGHEST_SEED = 2 ** 32 - 1;

/** Reads the value of `--seed`. */
export function readSeed(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < 0 || value > HIGHEST_SEED)
    throw new InvalidArgumentError(`A whole number from 0 to ${HIGHEST_SEED} is needed.`);
  return value;
}

/** Reads a number of 0 or more; fractions count. */
export function nonNegative(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError("A number of 0 or more is needed.");
  return value;
}

function readThinking(text: string): Thinking {
  if (text === "on" || text === "off") return text;
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < 0)
    throw new InvalidArgumentError("It is on, off or a number of tokens.");
  return value;
}

function append(text: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, text];
}

function addSetting(text: string, earlier: Sampling = {}): Sampling {
  const [, key, value] = /^([\w.]+)=(.*)$/.exec(text) ?? [];
  if (!key || value === undefined) throw new InvalidArgumentError("It has the form key=value.");
  const typed =
    value === "true" || value === "false"
      ? value === "true"
      : value !== "" && !Number.isNaN(Number(value))
        ? Number(value)
        : value;
  if (SAMPLING_NUMBERS.has(key) && typeof typed !== "number") throw new InvalidArgumentError(`${key} is a number.`);
  return { ...earlier, [key]: typed };
}
