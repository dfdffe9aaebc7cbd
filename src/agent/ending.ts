import { runCalls, runCallsOptions } from "./calls.ts";
import { factsAgainst, tellFacts } from "./end-check.ts";
import { offeredFiles } from "./offered-files.ts";
import { say } from "./say.ts";
import type { AnsweredStep } from "./step.ts";
import { askForFile } from "./stuck.ts";
import { type Outcome, type TurnContext, turnItems } from "./turn-context.ts";
import { hasFailed, stillFailing, verify } from "./verify.ts";

/**
 * Judges an answer without a call: whole files that it offers are written, the test that the task names is run after changes, and what
 * speaks against an end is sent back. Returns how the turn ends, or undefined when it goes on.
 */
export async function judgeEnd(context: TurnContext, options: AnsweredStep): Promise<Outcome | undefined> {
  const { answer } = options;
  if (answer.text === "" || answer.finish === "length") return nudge(context, options);
  if (!(await acceptOffers(context, options))) return undefined;
  const isStuck = factsAgainst(answer.text, turnItems(context), context.setup.profile).includes("unchanged");
  const check = await verify(context, { ...options, turnItems: turnItems(context), isStuck });
  if (!hasFailed(check?.result)) return questionEnd(context, options);
  if (isStuck) await askForFile(context, options.state, "Nothing was changed.");
  return undefined;
}

/** One nudge a turn is spent on an answer that is empty or was cut. */
async function nudge(context: TurnContext, { answer, state, budget }: AnsweredStep): Promise<Outcome | undefined> {
  const cut = answer.finish === "length";
  const what = answer.isRepeating
    ? "stopped because it repeated itself"
    : cut
      ? "cut off at its limit"
      : answer.reasoning === ""
        ? "empty"
        : "only reasoning";
  if (state.nudged) {
    return cut
      ? { reason: "length", detail: `the answer was ${what}, the second time (limit ${budget.answerTokens} tokens)` }
      : { reason: "empty_answer", detail: `the model's answer was ${what}, twice` };
  }
  state.nudged = true;
  const limit = cut && !answer.isRepeating ? ` An answer may have ${budget.answerTokens} tokens: be brief.` : "";
  await say(context, `Your last answer was ${what}.${limit} Call a tool, or give the final answer.`, "harness");
  return undefined;
}

/** Writes the files that the answer offers; false when one of them was refused, which the model then reads. */
async function acceptOffers(context: TurnContext, options: AnsweredStep): Promise<boolean> {
  const { step, state, answer, budget, signal } = options;
  const offers = await offeredFiles(context, answer, step);
  if (offers.length === 0) return true;
  await runCalls(offers, runCallsOptions(context, budget, signal));
  const ids = new Set(offers.map((offer) => offer.id));
  const results = context.record.items.flatMap((item) =>
    ids.has(item.id) && item.type === "tool_call" && item.result ? [item.result] : [],
  );
  // A file shown as it is would be shown so again.
  state.vary ||= results.every((result) => (result.changes ?? []).length === 0);
  return results.every((result) => !result.isError);
}

/** Sends the facts back that speak against an end, each once a turn; an answer that stands against them is the end. */
async function questionEnd(context: TurnContext, { state, answer }: AnsweredStep): Promise<Outcome | undefined> {
  const found = factsAgainst(answer.text, turnItems(context), context.setup.profile);
  const facts = found.filter((fact) => !state.told.has(fact));
  if (facts.length === 0) {
    const failing = stillFailing(turnItems(context));
    if (failing === undefined) return { reason: "done" };
    if (await askForFile(context, state, `\`${failing}\` still fails.`)) return undefined;
    return { reason: "failed", detail: `\`${failing}\` still fails` };
  }
  for (const fact of facts) state.told.add(fact);
  await say(context, tellFacts(facts), "harness");
  return undefined;
}
