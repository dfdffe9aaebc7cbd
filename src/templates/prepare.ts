import type { Prompt } from "../types/index.ts";
import { handlerOf } from "./adapt/handlers.ts";
import { type AppliedStep, adapt } from "./adapt/index.ts";
import { type Finished, finish } from "./adapt/output.ts";
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
  /** A token that the server puts in front of every prompt by itself; the template's own is left out then. */
  readonly ownBos?: string;
  /** The same at the end. */
  readonly ownEos?: string;
  readonly addGenerationPrompt: boolean;
  readonly now: ClockReading;
}

export interface Prepared {
  /** What the template is run with. */
  readonly variables: Readonly<Record<string, RenderValue>>;
  /** Rewrites of messages and derived variables that changed something, in order. */
  readonly steps: readonly AppliedStep[];
  /** Makes of the engine's text what the server makes of it, and tells how. */
  finish(rendered: string): Finished & { readonly steps: readonly AppliedStep[] };
}

/**
 * llama-server's part around a render, for whatever engine runs the template: its rewrites of the input, its variables, its changes
 * of the result. Throws `bad_history` as `adapt` does.
 */
export function prepare({ prompt, source, caps, ownBos = "", ownEos = "", ...input }: PrepareInput): Prepared {
  const { messages, tools, steps } = adapt(prompt, { source, caps });
  const handler = handlerOf(source);
  const kwargs = prompt.kwargs as Record<string, RenderValue>;
  const { variables, expansions } = variablesOf({ ...input, kwargs, thinks: thinks(caps, handler) });
  const context = { handler, addGenerationPrompt: input.addGenerationPrompt, ownBos, ownEos };
  return {
    variables: { messages, ...(tools !== undefined && { tools }), ...variables },
    steps: [...steps, ...expansions.map(ofNoMessage)],
    finish: (rendered) => {
      const finished = finish(rendered, context);
      return { ...finished, steps: finished.changes.map(ofNoMessage) };
    },
  };
}

const ofNoMessage = ({ name, about }: Omit<AppliedStep, "messages">): AppliedStep => ({ name, about, messages: 0 });
