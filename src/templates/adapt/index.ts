import type { Prompt } from "../../types/index.ts";
import type { TemplateCaps } from "../caps.ts";
import type { RenderValue } from "../engine.ts";
import { parseArguments, sortResults } from "./calls.ts";
import { fillContent, joinTextParts, trimContent, wrapTextParts } from "./content.ts";
import { orderFields, writeArguments } from "./fields.ts";
import { toolResponses } from "./gemma4.ts";
import { handlerOf } from "./handlers.ts";
import { dropContentOfCalls, reasoningToThinking, thinkingParts } from "./reasoning.ts";
import { developerToSystem, mergeSystem } from "./roles.ts";
import type { AdaptStep, RenderMessage } from "./step.ts";

/** All rewrites of messages, in the server's order. */
export const ADAPT_STEPS: readonly AdaptStep[] = [
  trimContent,
  fillContent,
  orderFields,
  joinTextParts,
  wrapTextParts,
  developerToSystem,
  mergeSystem,
  writeArguments,
  parseArguments,
  toolResponses,
  thinkingParts,
  reasoningToThinking,
  dropContentOfCalls,
  sortResults,
];

/** A rewrite that changed something: of messages, or (with 0 messages) of the source, the variables or the rendered text. */
export interface AppliedStep {
  readonly name: string;
  readonly about: string;
  /** How many messages it touched. */
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
  const context = { ...template, handler: handlerOf(template.source) };
  let messages = prompt.messages as unknown as readonly RenderMessage[];
  const steps: AppliedStep[] = [];
  for (const step of ADAPT_STEPS) {
    if (!step.applies(context)) continue;
    const before = messages;
    messages = step.run(before);
    if (messages === before) continue;
    steps.push({ name: step.name, about: step.about, messages: changedCount(before, messages) });
  }
  return { messages, tools: prompt.tools.length > 0 ? toolValues(prompt) : undefined, steps };
}

function toolValues(prompt: Prompt): RenderValue {
  // The server gives a tool of somebody else's what it lacks.
  return prompt.tools.map(({ name, description = "", parameters = {} }) => ({
    type: "function",
    function: { name, description, parameters: parameters as RenderValue },
  }));
}

/** Results that only changed places count too. */
function changedCount(before: readonly RenderMessage[], after: readonly RenderMessage[]): number {
  const gone = before.filter((message) => !after.includes(message)).length;
  return gone > 0 ? gone : before.filter((message, index) => message !== after[index]).length;
}
