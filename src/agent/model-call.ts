import type { Budget } from "../context/index.ts";
import { createParser } from "../parsers/index.ts";
import { type BackendRequest, type Delta, HalterError, type Message } from "../types/index.ts";
import { type Answer, createAnswerReader } from "./answer.ts";
import { createRepetitionWatch } from "./repetition.ts";
import { samplingOf, varied } from "./sampling.ts";
import type { TurnContext, TurnState } from "./turn-context.ts";
import type { WireInput } from "./wire-input.ts";

export interface ModelCallOptions {
  readonly step: number;
  readonly messages: readonly Message[];
  readonly state: TurnState;
  readonly budget: Budget;
  readonly signal: AbortSignal;
  /** Warmer than the first try. */
  readonly vary: boolean;
}

/** Sends the conversation once and turns the stream into items. On failure what came stays as failed items, and the error is thrown. */
export async function callModel(context: TurnContext, options: ModelCallOptions): Promise<Answer> {
  const { setup, record, emit } = context;
  const { step, messages } = options;
  emit({ type: "step.started", step });
  const wire = await context.wire(messages, options.signal);
  const prepared = await wire.input(messages, {
    signal: options.signal,
    onWaiting: (detail) => emit({ type: "step.waiting", step, reason: "loading", detail }),
  });
  const { input, thinkingOpen, generationPrompt } = prepared;
  tell(context, step, prepared);
  const tools = setup.tools.map((tool) => tool.spec);
  const reader = createAnswerReader({
    record,
    step,
    tools,
    newCallId: setup.newCallId,
    createParser: (channel) =>
      createParser(setup.family, {
        tools,
        thinkingOpen: channel === "reasoning" || thinkingOpen,
        ...(generationPrompt !== undefined && { generationPrompt }),
        newId: setup.newCallId,
      }),
    note: (topic, data) => setup.onTrace?.({ type: "note", at: setup.now(), topic, data: { step, ...data } }),
  });
  const sampling = samplingOf(setup.profile, setup.thinking, setup.sampling);
  const request: BackendRequest = {
    input,
    model: setup.backend.info.model,
    sampling: options.vary ? varied(sampling) : sampling,
    maxTokens: options.budget.answerTokens,
    signal: options.signal,
  };
  const repetition = createRepetitionWatch();
  let done: Pick<Extract<Delta, { type: "done" }>, "finish" | "usage"> | undefined;
  let progress = { total: 0, cached: 0 };
  let pieces = 0;
  let isRepeating = false;
  try {
    for await (const delta of setup.backend.generate(request)) {
      if (delta.type === "done") done = delta;
      else if (delta.type === "progress") {
        progress = delta;
        emit({ type: "step.progress", step, processed: delta.processed, total: delta.total, cached: delta.cached });
      } else if (delta.type === "waiting") {
        emit({ type: "step.waiting", step, reason: delta.reason, detail: delta.detail });
      } else {
        pieces++;
        if (delta.type === "raw") prepared.answered?.(delta.text, delta.tokens);
        await reader.read(delta);
        isRepeating = repetition.add(delta.type === "call" ? delta.arguments : delta.text);
        if (isRepeating) break;
      }
    }
    if (isRepeating) {
      const usage = { inputTokens: progress.total, cachedTokens: progress.cached, outputTokens: pieces };
      done = { finish: "length", usage };
      setup.onTrace?.({ type: "note", at: setup.now(), topic: "repetition", data: { step, pieces } });
    }
  } catch (error) {
    await reader.fail();
    throw error;
  }
  if (!done) {
    await reader.fail();
    throw new HalterError("stream_cut", "the server's answer ended before it was complete", {
      hint: "look at the server's log",
    });
  }
  const { usage, windowTokens } = options.state;
  usage.inputTokens += done.usage.inputTokens;
  usage.cachedTokens += done.usage.cachedTokens;
  usage.outputTokens += done.usage.outputTokens;
  if (!isRepeating && !options.state.madeRoom && isCutByWindow(done, request.maxTokens, windowTokens)) {
    options.state.madeRoom = true;
    await reader.fail();
    const tokens = done.usage.inputTokens + done.usage.outputTokens;
    throw new HalterError("context_overflow", "the answer was cut off because the server's context was full", {
      hint: "start llama-server with a larger -c, or begin a new thread",
      data: { n_ctx: windowTokens, n_prompt_tokens: tokens },
    });
  }
  const answer = { ...(await reader.finish(done.finish, done.usage)), isRepeating };
  const { answer: generated } = prepared;
  await setup.journal?.append({ type: "step", step, usage: done.usage, ...(generated && { answer: generated }) });
  emit({ type: "step.completed", step, usage: done.usage });
  return answer;
}

/** Says how the prompt was made, and what the user should know of it. */
function tell({ setup, emit }: TurnContext, step: number, { ids, warning }: WireInput): void {
  if (ids) setup.onTrace?.({ type: "note", at: setup.now(), topic: "prompt", data: { step, ...ids } });
  if (warning === undefined) return;
  setup.onTrace?.({ type: "note", at: setup.now(), topic: "warning", data: { step, warning } });
  emit({ type: "thread.warning", text: warning });
}

/** Share of the window from which on it counts as full; servers stop a few tokens early. */
const FULL = 0.98;

/** Whether an answer ended at the end of the window and not at its own limit. */
function isCutByWindow(
  { finish, usage }: Pick<Extract<Delta, { type: "done" }>, "finish" | "usage">,
  maxTokens: number,
  windowTokens: number | undefined,
): boolean {
  if (finish !== "length" || windowTokens === undefined || usage.outputTokens >= maxTokens) return false;
  return usage.inputTokens + usage.outputTokens >= windowTokens * FULL;
}
