import type { Command } from "commander";

/** Flags of every command that looks at one template. */
export interface PlaceFlags {
  readonly server?: string;
  readonly apiKey?: string;
  readonly name?: string;
}

export interface CheckFlags extends PlaceFlags {
  readonly reference?: string;
  readonly tools?: string;
  readonly suppress?: string;
  readonly sarif?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

export interface RenderFlags extends PlaceFlags {
  readonly messages?: string;
  readonly tools?: string;
  readonly kwargs?: string;
  readonly mode: "llama.cpp" | "transformers";
  readonly engine: "own" | "hf";
  readonly raw?: boolean;
  readonly parts?: boolean;
  /** False with `--no-generation-prompt`. */
  readonly generationPrompt: boolean;
  readonly json?: boolean;
}

/** Adds the argument and flags that name a template, or several. */
export function addPlace(command: Command, argument: "[place]" | "[places...]" = "[place]"): Command {
  return command
    .argument(argument, "a .jinja, a tokenizer_config.json, a model's folder, a GGUF, or ollama:NAME")
    .optionsGroup("Which template:")
    .option("--server <url>", "the template that a server uses; its tokenizer serves for a file too")
    .option("--api-key <key>", "key of the server (HALTER_API_KEY)")
    .option("--name <name>", "which of several that the place holds, e.g. tool_use");
}
