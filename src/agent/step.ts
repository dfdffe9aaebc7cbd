import { type Budget, budgetOf, choosePruned, toMessages } from "../context/index.ts";
import { type ErrorReaction, HalterError, type Message, type ModelProfile } from "../types/index.ts";
import type { Answer } from "./answer.ts";
import { callModel } from "./model-call.ts";
import type { ThreadSetup } from "./options.ts";
import type { TurnContext, TurnState } from "./turn-context.ts";

/** Pause before a busy server is asked once more, milliseconds. */
const WAIT = 3_000;

/** Overflows in a row that are answered by dropping tool outputs. */
const MAX_PRUNES = 4;

export interface StepOptions {
  readonly step: number;
  readonly state: TurnState;
  readonly signal: AbortSignal;
}

/** What a step came to, what it was asked with, and the budget it had. */
interface StepOutcome {
  readonly answer: Answer;
  readonly messages: readonly Message[];
  readonly budget: Budget;
}

/** A step whose answer has come, as `judgeCalls` and `judgeEnd` take it: either returns how the turn ends, or undefined when it goes on. */
export type AnsweredStep = StepOptions & StepOutcome;

/** One model call with the reactions that its failures allow; throws the `HalterError` that none of them helps against. */
export async function runStep(context: TurnContext, options: StepOptions): Promise<StepOutcome> {
  const { setup, record } = context;
  let vary = options.state.vary;
  let repeated = false;
  for (let prunes = 0; ; ) {
    const messages = toMessages(setup.system, record.items, textCallsOf(setup));
    const budget = budgetFor(setup, options.state);
    try {
      return { answer: await callModel(context, { ...options, messages, budget, vary }), messages, budget };
    } catch (error) {
      if (!(error instanceof HalterError)) throw error;
      if (error.code === "context_overflow" && prunes++ < MAX_PRUNES) {
        await makeRoom(context, options, messages, error);
      } else if (repeatOf(error) && !repeated) {
        repeated = true;
        if (repeatOf(error) === "wait") await waitForServer(context, options, error);
        else vary = true;
        setup.onTrace?.({
          type: "note",
          at: setup.now(),
          topic: "retry",
          data: { step: options.step, after: error.code },
        });
      } else {
        throw error;
      }
    }
  }
}

/**
 * How the same step is tried once more after a failure, undefined where that is of no use; what was streamed stays in the journal as
 * failed items. After a pause it is the same request: it was not the model that failed.
 */
function repeatOf(error: HalterError): Extract<ErrorReaction, "wait" | "change_seed"> | undefined {
  if (error.code === "stream_cut") return "change_seed";
  const { reaction } = error.data;
  return reaction === "wait" || reaction === "change_seed" ? reaction : undefined;
}

async function waitForServer({ setup, emit }: TurnContext, { step, signal }: StepOptions, error: HalterError) {
  emit({ type: "step.waiting", step, reason: "queued", detail: error.message });
  await setup.pause(WAIT, signal);
}

/** Takes the true window from the server's refusal and drops the oldest tool outputs to one line each. Throws where nothing is left to drop. */
async function makeRoom(
  context: TurnContext,
  options: StepOptions,
  messages: readonly Message[],
  error: HalterError,
): Promise<void> {
  const { record } = context;
  const window = Number(error.data.n_ctx) || options.state.windowTokens;
  options.state.windowTokens = window;
  const promptChars = messages.reduce((sum, message) => sum + message.content.length, 0);
  const promptTokens = Number(error.data.n_prompt_tokens) || Math.ceil(promptChars / 3);
  const targetTokens = budgetOf(window ?? promptTokens).afterOverflowTokens;
  const pruned = choosePruned({ items: record.items, promptTokens, promptChars, targetTokens });
  if (pruned.length === 0) {
    throw new HalterError(
      "context_overflow",
      `the conversation needs ${promptTokens} tokens and the server's context has ${window ?? "fewer"}; there is no tool output left to drop`,
      { hint: "start llama-server with a larger -c, or begin a new thread", cause: error, data: error.data },
    );
  }
  const reason = `prompt of ${promptTokens} tokens over a context of ${window}`;
  await record.complete({
    type: "context_compaction",
    id: record.nextId(),
    step: 0,
    status: "completed",
    reason,
    pruned,
  });
}

/** The budget of the window as far as it is known now, with the user's own limit of an answer. */
export function budgetFor(setup: ThreadSetup, state: TurnState): Budget {
  const budget = budgetOf(state.windowTokens);
  return { ...budget, answerTokens: setup.limits.answerTokens ?? budget.answerTokens };
}

/** Endpoints of the OpenAI kind may refuse a tool message that answers no call, so there the template's form it is. */
function textCallsOf({ backend, profile }: ThreadSetup): ModelProfile["textCalls"] {
  return backend.info.kind === "openai-compatible" ? "canonical" : profile.textCalls;
}
