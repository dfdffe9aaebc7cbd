import { attachNamed } from "../tools/index.ts";
import { HalterError, type Item, type StopReason, type Usage } from "../types/index.ts";
import { closeOpenCalls } from "./calls.ts";
import { judgeEnd } from "./ending.ts";
import { listWorkspace } from "./environment.ts";
import { createLoopGuard, STOP_AT } from "./loop-guard.ts";
import { createProgressWatch } from "./progress.ts";
import { say } from "./say.ts";
import { budgetFor, runStep } from "./step.ts";
import { judgeCalls } from "./stuck.ts";
import type { Outcome, TurnContext, TurnState } from "./turn-context.ts";

export interface TurnEnd {
  readonly reason: StopReason;
  readonly detail?: string;
  readonly usage: Usage;
}

/** One turn: model calls and tool calls in turn until the model answers without a call, or something says stop. Every end has a reason. */
export async function runTurn(context: TurnContext): Promise<TurnEnd> {
  const { setup } = context;
  const state: TurnState = {
    usage: { inputTokens: 0, cachedTokens: 0, outputTokens: 0 },
    windowTokens: setup.backend.info.contextTokens,
    nudged: false,
    madeRoom: false,
    constrained: false,
    told: new Set(),
    vary: false,
    filesAsked: 0,
    guard: createLoopGuard(),
    progress: createProgressWatch(),
  };
  const timeUp = setup.limits.maxSeconds ? AbortSignal.timeout(timerOf(setup.limits.maxSeconds)) : undefined;
  const signal = timeUp ? AbortSignal.any([context.interrupt, timeUp]) : context.interrupt;
  const end = (outcome: Outcome): TurnEnd => ({ ...outcome, usage: state.usage });
  try {
    await say(context, context.text, "user", await extrasFor(context, state));
    return end(await runSteps(context, state, signal));
  } catch (error) {
    await closeOpenCalls(context.record);
    if (context.interrupt.aborted) return end({ reason: "interrupted" });
    if (timeUp?.aborted)
      return end({ reason: "max_time", detail: `the limit of ${setup.limits.maxSeconds} seconds was reached` });
    if (!(error instanceof HalterError)) throw error;
    const { code, message, hint } = error;
    const item: Item = {
      type: "error",
      id: context.record.nextId(),
      step: 0,
      status: "completed",
      code,
      message,
      ...(hint && { hint }),
    };
    await context.record.complete(item);
    return end({ reason: "failed", detail: message });
  }
}

async function runSteps(context: TurnContext, state: TurnState, signal: AbortSignal): Promise<Outcome> {
  const { setup, record } = context;
  const firstStep = lastStep(record.items) + 1;
  for (let step = firstStep; step < firstStep + setup.limits.maxSteps; step++) {
    await saySteers(context);
    const stepOptions = { step, state, signal };
    const answered = { ...stepOptions, ...(await runStep(context, stepOptions)) };
    const { answer } = answered;
    const hasCalls = answer.calls.length > 0;
    const sameAnswers = state.guard.seeAnswer(answer);
    if (sameAnswers > STOP_AT && !hasCalls)
      return { reason: "repeated_call", detail: `the model gave the same answer ${sameAnswers} times in a row` };
    state.vary = sameAnswers > 1 || answer.isRepeating === true;
    const outcome = hasCalls ? await judgeCalls(context, answered) : await judgeEnd(context, answered);
    if (outcome && !(outcome.reason === "done" && (await saySteers(context)))) return outcome;
  }
  const { maxSteps } = setup.limits;
  return { reason: "max_steps", detail: `the limit of ${maxSteps} ${maxSteps === 1 ? "step" : "steps"} was reached` };
}

/** Records what the user added while the turn ran; false when there was nothing. */
async function saySteers(context: TurnContext): Promise<boolean> {
  const steers = context.takeSteers();
  for (const text of steers) await say(context, text, "user");
  return steers.length > 0;
}

/** What goes with the user's words: the files they name, and with the first of a thread the names in the workspace. */
async function extrasFor({ setup, record, text }: TurnContext, state: TurnState) {
  const isFirst = !record.items.some((item) => item.type === "user_message");
  const environment = isFirst ? await listWorkspace(setup.workspace) : undefined;
  const attachments = await attachNamed(text, budgetFor(setup, state).toolOutputChars, setup);
  return { ...(attachments.length > 0 && { attachments }), ...(environment && { environment }) };
}

/** Whole milliseconds, no more than a timer takes: beyond that it would fire at once. */
function timerOf(seconds: number): number {
  return Math.min(2 ** 31 - 1, Math.ceil(seconds * 1000));
}

function lastStep(items: readonly Item[]): number {
  return items.reduce((last, item) => Math.max(last, item.step), 0);
}
