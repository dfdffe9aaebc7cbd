import type { Prompt } from "../types/index.ts";
import type { AppliedStep } from "./adapt/index.ts";
import { mergeCaps } from "./caps.ts";
import type { ClockReading } from "./clock.ts";
import type { CompiledTemplate } from "./compile.ts";
import { prepare } from "./prepare.ts";
import { joinSegments, type Segment, segmentsOf, sliceSegments } from "./segments.ts";

export interface RenderInput {
  readonly prompt: Prompt;
  /** Ends the prompt with the opening of the assistant's answer. Default true. */
  readonly addGenerationPrompt?: boolean;
  readonly bosToken?: string;
  readonly eosToken?: string;
  /** True where the server puts the begin token in front of every prompt by itself; the template's own is left out then. */
  readonly addsBos?: boolean;
  /** The same of the end token. */
  readonly addsEos?: boolean;
  /** Local time for templates that print a date; a date object will do. */
  readonly now: ClockReading;
  /** The server's `chat_template_caps`; they overrule our own probes. */
  readonly caps?: Readonly<Record<string, boolean>>;
}

export interface Rendered {
  readonly text: string;
  /** What changed something, in order: patches of the source, rewrites of messages, derived variables, changes of the result. */
  readonly steps: readonly AppliedStep[];
  /** Runs of trusted text and of input; one after the other they are `text`. Worked out when first asked for. */
  readonly segments: readonly Segment[];
  /**
   * What the template adds to open the assistant's answer, e.g. `<|im_start|>assistant\n`: `text` minus what it shares with the prompt
   * without it, which is rendered when first asked for and may throw as `render` does. Empty where the template adds none.
   */
  readonly generationPrompt: string;
}

/**
 * Renders a prompt as llama-server's `/apply-template` does.
 * Throws `HalterError`: `template_failed` where the template refuses or the engine fails, `bad_history` for broken arguments.
 */
export function render(template: CompiledTemplate, input: RenderInput): Rendered {
  const { bosToken = "", eosToken = "", addGenerationPrompt = true } = input;
  const prepared = prepare({
    prompt: input.prompt,
    source: template.source,
    caps: mergeCaps(template.caps, input.caps),
    bosToken,
    eosToken,
    ownBos: input.addsBos ? bosToken : "",
    ownEos: input.addsEos ? eosToken : "",
    addGenerationPrompt,
    now: input.now,
  });
  const rendering = template.run(prepared.variables, input.now);
  const { text, kept, added, steps } = prepared.finish(rendering.text);
  let segments: readonly Segment[] | undefined;
  let opening: string | undefined;
  return {
    text,
    steps: [...template.patches, ...prepared.steps, ...steps],
    get segments() {
      segments ??= joinSegments([
        ...sliceSegments(segmentsOf(rendering.parts), ...kept),
        { text: added, isInput: false },
      ]);
      return segments;
    },
    get generationPrompt() {
      opening ??= addition(text, render(template, { ...input, addGenerationPrompt: false }).text);
      return opening;
    },
  };
}

/** What `full` goes on with where it leaves `bare`. */
function addition(full: string, bare: string): string {
  let shared = 0;
  while (shared < bare.length && full[shared] === bare[shared]) shared += 1;
  return full.slice(shared);
}
