import type { Prompt } from "../types/index.ts";
import { type AppliedStep, adapt } from "./adapt.ts";
import { mergeCaps } from "./caps.ts";
import { type ClockReading, strftime } from "./clock.ts";
import type { CompiledTemplate } from "./compile.ts";
import type { RenderValue } from "./engine.ts";

export interface RenderInput {
  readonly prompt: Prompt;
  /** Ends the prompt with the opening of the assistant's answer. Default true. */
  readonly addGenerationPrompt?: boolean;
  readonly bosToken?: string;
  readonly eosToken?: string;
  /** Local time for templates that print a date; a date object will do. */
  readonly now: ClockReading;
  /** The server's `chat_template_caps`; they overrule our own probes. */
  readonly caps?: Readonly<Record<string, boolean>>;
}

export interface Rendered {
  readonly text: string;
  /** The input rewrites that changed something, in order. */
  readonly steps: readonly AppliedStep[];
}

/**
 * Renders a prompt as llama-server's `/apply-template` does.
 * Throws `HalterError`: `template_failed` where the template refuses or the engine fails, `bad_history` for broken arguments.
 */
export function render(template: CompiledTemplate, input: RenderInput): Rendered {
  const caps = mergeCaps(template.caps, input.caps);
  const { messages, tools, steps } = adapt(input.prompt, { source: template.source, caps });
  const variables: Record<string, RenderValue> = {
    messages,
    bos_token: input.bosToken ?? "",
    eos_token: input.eosToken ?? "",
    enable_thinking: true,
    datetime: strftime(input.now, "%b %d %Y"),
    date_string: strftime(input.now, "%d %b %Y"),
    ...(tools === undefined ? {} : { tools }),
    ...(input.prompt.kwargs as Record<string, RenderValue>),
    ...((input.addGenerationPrompt ?? true) ? { add_generation_prompt: true } : {}),
  };
  return { text: template.program.run(variables, input.now), steps };
}

/**
 * The text a template adds to open the assistant's answer, e.g. `<|im_start|>assistant\n`: the prompt with it minus the prompt
 * without it. Empty where the template adds none. Throws as `render` does.
 */
export function generationPrompt(template: CompiledTemplate, input: RenderInput): string {
  const full = render(template, { ...input, addGenerationPrompt: true }).text;
  const bare = render(template, { ...input, addGenerationPrompt: false }).text;
  let shared = 0;
  while (shared < bare.length && full[shared] === bare[shared]) shared += 1;
  return full.slice(shared);
}
