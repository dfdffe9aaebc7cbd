import type { Budget } from "../context/index.ts";
import { HalterError, type ItemOf, type Message, type ToolCall, type ToolSpec } from "../types/index.ts";
import { samplingOf } from "./sampling.ts";
import type { TurnContext, TurnState } from "./turn-context.ts";

export interface ConstrainOptions {
  readonly item: ItemOf<"tool_call">;
  /** The conversation before the broken answer. */
  readonly messages: readonly Message[];
  readonly state: TurnState;
  readonly budget: Budget;
  readonly signal: AbortSignal;
}

/**
 * Asks once a turn for the arguments of a call whose own cannot be repaired: the prompt goes on with the call's opener, and a grammar
 * made of the tool's schema allows nothing but an object that fits. Resolves to undefined when it was spent, came to nothing, or where
 * the model's family has no opener before plain JSON.
 */
export async function constrainArguments(
  context: TurnContext,
  options: ConstrainOptions,
): Promise<ToolCall | undefined> {
  const { setup } = context;
  const { item, state } = options;
  const spec = setup.tools.map((tool) => tool.spec).find(({ name }) => name === item.call.name);
  const template = setup.family.opener;
  if (!spec || !template || state.constrained) return undefined;
  state.constrained = true;
  const opener = template.replace("{name}", () => JSON.stringify(spec.name).slice(1, -1));
  const text = await generateArguments(context, options, { spec, opener }).catch((error: unknown) => {
    if (!(error instanceof HalterError) || options.signal.aborted) throw error;
    return "";
  });
  const isObject = isJsonObject(text);
  setup.onTrace?.({
    type: "note",
    at: setup.now(),
    topic: "constrained",
    data: { tool: spec.name, before: item.call.arguments, after: text, isObject },
  });
  return isObject ? { ...item.call, arguments: text } : undefined;
}

async function generateArguments(
  context: TurnContext,
  options: ConstrainOptions,
  { spec, opener }: { readonly spec: ToolSpec; readonly opener: string },
): Promise<string> {
  const { setup } = context;
  const wire = await context.wire(options.messages, options.signal);
  const { input, answered } = await wire.input(options.messages, { signal: options.signal, opener });
  let name = spec.name;
  let text = "";
  const deltas = setup.backend.generate({
    input: input.type === "raw" ? { ...input, schema: spec.parameters } : { ...input, toolChoice: "required" },
    model: setup.backend.info.model,
    sampling: samplingOf(setup.profile, setup.thinking, setup.sampling),
    maxTokens: options.budget.answerTokens,
    signal: options.signal,
  });
  for await (const delta of deltas) {
    if (delta.type === "raw") {
      text += delta.text;
      answered?.(delta.text, delta.tokens);
    } else if (delta.type === "call" && delta.index === 0) {
      name = delta.name ?? name;
      text += delta.arguments;
    } else if (delta.type === "done") {
      options.state.usage.inputTokens += delta.usage.inputTokens;
      options.state.usage.cachedTokens += delta.usage.cachedTokens;
      options.state.usage.outputTokens += delta.usage.outputTokens;
    }
  }
  return name === spec.name ? text.trim() : "";
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
