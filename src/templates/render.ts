import type { Prompt } from "../types/index.ts";
import type { AppliedStep } from "./adapt/index.ts";
import { mergeCaps } from "./caps.ts";
import type { ClockReading } from "./clock.ts";
import type { CompiledTemplate } from "./compile.ts";
import type { Rendering } from "./jinja/index.ts";
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
}

/**
 * Renders a prompt as llama-server's `/apply-template` does.
 * Throws `HalterError`: `template_failed` where the template refuses or the engine fails, `bad_history` for broken arguments.
 */
export function render(template: CompiledTemplate, input: RenderInput): Rendered {
  const { bosToken = "", eosToken = "", addGenerationPrompt = true } = input;
  const ownBos = input.addsBos ? bosToken : "";
  const prepared = prepare({
    prompt: input.prompt,
    source: template.source,
    caps: mergeCaps(template.caps, input.caps),
    bosToken,
    eosToken,
    ownBos,
    ownEos: input.addsEos ? eosToken : "",
    addGenerationPrompt,
    now: input.now,
  });
  const rendering = template.run(prepared.variables, input.now);
  const { text, steps } = prepared.finish(rendering.text);
  let segments: readonly Segment[] | undefined;
  return {
    text,
    steps: [...template.patches, ...prepared.steps, ...steps],
    get segments() {
      segments ??= finishedSegments(rendering, text, ownBos);
      return segments;
    },
  };
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

/** The segments of the finished text: a token may be gone from the front, and at the end it may be shorter or go on. */
function finishedSegments(rendering: Rendering, text: string, ownBos: string): readonly Segment[] {
  const start = ownBos !== "" && rendering.text.startsWith(ownBos) ? ownBos.length : 0;
  let end = 0;
  while (end < text.length && text[end] === rendering.text[start + end]) end += 1;
  const kept = sliceSegments(segmentsOf(rendering.parts), start, start + end);
  return joinSegments([...kept, { text: text.slice(end), isInput: false }]);
}
