import type { Prompt } from "../types/index.ts";
import type { TemplateCaps } from "./caps.ts";
import type { RenderValue } from "./engine.ts";
import { ADAPT_STEPS, type RenderMessage } from "./steps.ts";

/** A rewrite that changed something, and how many messages it touched. */
export interface AppliedStep {
  readonly name: string;
  readonly about: string;
  readonly messages: number;
}

/** What the template is given. */
export interface AdaptedPrompt {
  readonly messages: readonly RenderMessage[];
  /** In the wire form, or undefined where there are none: templates ask whether they are defined. */
  readonly tools: RenderValue;
  readonly steps: readonly AppliedStep[];
}

/**
 * Rewrites a prompt as llama-server does before it renders. `caps` decides which rewrites apply.
 * Throws `HalterError` `bad_history` for arguments that are no JSON where the template needs them parsed.
 */
export function adapt(
  prompt: Prompt,
  template: { readonly source: string; readonly caps: TemplateCaps },
): AdaptedPrompt {
  let messages = prompt.messages as unknown as readonly RenderMessage[];
  const steps: AppliedStep[] = [];
  for (const step of ADAPT_STEPS) {
    if (!step.applies(template)) continue;
    const before = messages;
    messages = step.run(before);
    if (messages === before) continue;
    steps.push({ name: step.name, about: step.about, messages: changedCount(before, messages) });
  }
  return { messages, tools: prompt.tools.length > 0 ? toolValues(prompt) : undefined, steps };
}

function toolValues(prompt: Prompt): RenderValue {
  return prompt.tools.map(({ name, description, parameters }) => ({
    type: "function",
    function: { name, description, parameters: parameters as RenderValue },
  }));
}

function changedCount(before: readonly RenderMessage[], after: readonly RenderMessage[]): number {
  return before.filter((message) => !after.includes(message)).length;
}
