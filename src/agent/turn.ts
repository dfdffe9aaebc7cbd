import { type Budget, budgetOf } from "../context/index.ts";
import { attachNamed } from "../tools/index.ts";
import { type Attachment, HalterError, type Item, type StopReason, type Usage } from "../types/index.ts";
import type { Answer } from "./answer.ts";
import { runCalls } from "./calls.ts";
import { constrainArguments } from "./constrained.ts";
import { factsAgainst, tellFacts } from "./end-check.ts";
import { createLoopGuard } from "./loop-guard.ts";
import { blockNote, offeredFiles } from "./offered-files.ts";
import type { ThreadSetup } from "./options.ts";
import { runStep } from "./step.ts";
import type { TurnContext, TurnState } from "./turn-context.ts";

export interface TurnEnd {
  readonly reason: StopReason;
  readonly detail?: string;
  readonly usage: Usage;
}

type Outcome = { readonly reason: StopReason; readonly detail?: string };

/** One turn: model calls and tool calls in turn until the model answers without a call, or something says stop. Every end has a reason. */
export async function runTurn(context: TurnContext): Promise<TurnEnd> {
  const { setup } = context;
  const state: TurnState = {
    usage: { inputTokens: 0, cachedTokens: 0, outputTokens: 0 },
    windowTokens: setup.backend.info.contextTokens,
    nudged: false,
    constrained: false,
    told: new Set(),
  };
  const timeUp = setup.limits.maxSeconds ? AbortSignal.timeout(setup.limits.maxSeconds * 1000) : undefined;
  const signal = timeUp ? AbortSignal.any([context.interrupt, timeUp]) : context.interrupt;
  const end = (outcome: Outcome): TurnEnd => ({ ...outcome, usage: state.usage });
  try {
    await say(context, context.text, "user", await extrasFor(context, state));
    return end(await runSteps(context, state, signal));
  } catch (error) {
    if (context.interrupt.aborted) return end({ reason: "interrupted" });
    if (timeUp?.aborted) return end({ reason: "max_time", detail: `stopped after ${setup.limits.maxSeconds} seconds` });
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
  const guard = createLoopGuard();
  const firstStep = lastStep(record.items) + 1;
  for (let step = firstStep; step < firstStep + setup.limits.maxSteps; step++) {
    for (const text of context.takeSteers()) await say(context, text, "user");
    const budget = budgetFor(setup, state);
    const { answer, messages } = await runStep(context, { step, state, budget, signal });
    const calls = answer.calls.length > 0 ? answer.calls : await offeredFiles(context, answer, step);
    if (calls.length === 0) {
      const outcome = await judge(context, state, answer, budget);
      if (outcome) return outcome;
      continue;
    }
    const verdicts = new Map(calls.map(({ call }) => [call, guard.see(call)]));
    await runCalls(calls, {
      record,
      tools: setup.tools,
      context: {
        workspace: setup.workspace,
        outputLimit: budget.toolOutputChars,
        seen: setup.seen,
        runCommand: setup.runCommand,
        forbidden: setup.forbidden,
      },
      signal,
      answerTokens: budget.answerTokens,
      constrain: (item) => constrainArguments(context, { item, messages, state, budget, signal }),
      hintFor: (call) => hintOf(verdicts.get(call)),
    });
    const stop = [...verdicts.values()].find((verdict) => verdict.type === "stop");
    if (stop) return { reason: "repeated_call", detail: stop.detail };
  }
  return { reason: "max_steps", detail: `stopped after ${setup.limits.maxSteps} steps` };
}

/** An answer without a call ends the turn when it says something; one nudge is spent on an empty or cut one. */
async function judge(
  context: TurnContext,
  state: TurnState,
  answer: Answer,
  budget: Budget,
): Promise<Outcome | undefined> {
  const cut = answer.finish === "length";
  if (answer.text !== "" && !cut) return questionEnd(context, state, answer);
  const what = cut ? "cut off at its limit" : answer.reasoning === "" ? "empty" : "only reasoning";
  if (state.nudged) {
    return cut
      ? { reason: "length", detail: `the answer was cut off at ${budget.answerTokens} tokens twice` }
      : { reason: "empty_answer", detail: `the model's answer was ${what}, twice` };
  }
  state.nudged = true;
  const limit = cut ? ` An answer may have ${budget.answerTokens} tokens: be brief.` : "";
  await say(context, `Your last answer was ${what}.${limit} Call a tool, or give the final answer.`, "harness");
  return undefined;
}

/** Sends the facts back that speak against an end, each once a turn; an answer that stands against them is the end. */
async function questionEnd(context: TurnContext, state: TurnState, answer: Answer): Promise<Outcome | undefined> {
  const { items } = context.record;
  const turnItems = items.slice(items.findLastIndex((item) => item.type === "user_message" && item.origin === "user"));
  const facts = factsAgainst(answer.text, turnItems).filter((fact) => !state.told.has(fact));
  if (facts.length === 0) return { reason: "done" };
  for (const fact of facts) state.told.add(fact);
  await say(context, tellFacts(facts), "harness");
  return undefined;
}

async function say(
  context: TurnContext,
  text: string,
  origin: "user" | "harness",
  extra: { readonly attachments?: readonly Attachment[]; readonly note?: string } = {},
): Promise<void> {
  const { record } = context;
  await record.complete({
    type: "user_message",
    id: record.nextId(),
    step: 0,
    status: "completed",
    text,
    origin,
    ...extra,
  });
}

/** What goes with the user's words: the files they name, and for models that do better so the form of a whole file. */
async function extrasFor(context: TurnContext, state: TurnState) {
  const { setup, text } = context;
  const attachments = await attachNamed(text, budgetFor(setup, state).toolOutputChars, setup);
  const note = setup.profile.fileBlocks ? blockNote(attachments) : undefined;
  return { ...(attachments.length > 0 && { attachments }), ...(note && { note }) };
}

function budgetFor(setup: ThreadSetup, state: TurnState): Budget {
  const budget = budgetOf(state.windowTokens);
  return { ...budget, answerTokens: setup.limits.answerTokens ?? budget.answerTokens };
}

function hintOf(verdict: ReturnType<ReturnType<typeof createLoopGuard>["see"]> | undefined): string | undefined {
  return verdict?.type === "hint" ? verdict.text : undefined;
}

function lastStep(items: readonly Item[]): number {
  return items.reduce((last, item) => Math.max(last, item.step), 0);
}
