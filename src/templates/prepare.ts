import type { Prompt } from "../types/index.ts";
import { handlerOf } from "./adapt/handlers.ts";
import { adapt } from "./adapt/index.ts";
import { OUTPUT_STEPS } from "./adapt/output.ts";
import { thinks, variablesOf } from "./adapt/variables.ts";
import type { TemplateCaps } from "./caps.ts";
import type { ClockReading } from "./clock.ts";
import type { RenderValue } from "./engine.ts";

export interface PrepareInput {
  readonly prompt: Prompt;
  /** As `patchSource` leaves it. */
  readonly source: string;
  readonly caps: TemplateCaps;
  readonly bosToken: string;
  readonly eosToken: string;
  readonly addGenerationPrompt: boolean;
  readonly now: ClockReading;
}

export interface Prepared {
  /** What the template is run with. */
  readonly variables: Readonly<Record<string, RenderValue>>;
  /** Makes of the engine's text what the server makes of it; it only ever adds at the end. */
  finish(text: string): string;
}

/**
 * llama-server's part around a render, for whatever engine runs the template: its rewrites of the input, its variables, its changes
 * of the result. Tokens that the server puts around the prompt are left to it. Throws `bad_history` as `adapt` does.
 */
export function prepare({ prompt, source, caps, ...input }: PrepareInput): Prepared {
  const { messages, tools } = adapt(prompt, { source, caps });
  const handler = handlerOf(source);
  const kwargs = prompt.kwargs as Record<string, RenderValue>;
  const { variables } = variablesOf({ ...input, kwargs, thinks: thinks(caps, handler) });
  const context = {
    handler,
    addGenerationPrompt: input.addGenerationPrompt,
    ownBos: "",
    ownEos: "",
  };
  return {
    variables: { messages, ...(tools !== undefined && { tools }), ...variables },
    finish: (text) => OUTPUT_STEPS.reduce((finished, step) => step.run(finished, context), text),
  };
}
