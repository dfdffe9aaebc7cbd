import type { Item } from "../types/index.ts";
import { runCalls, runCallsOptions } from "./calls.ts";
import { constrainArguments } from "./constrained.ts";
import { say } from "./say.ts";
import type { AnsweredStep } from "./step.ts";
import { type Outcome, type TurnContext, type TurnState, turnItems } from "./turn-context.ts";
import { verify } from "./verify.ts";

/** How often in a turn a small model is asked to show the corrected file. */
const MOST_ASKED = 3;

/** Steps in a row that got nowhere: from the first number on the next is tried warmer, then the model is told, then the turn ends. */
const VARY_AT = 2;
const TELL_AT = 3;
const STOP_AT = 8;

const TELL_IDLE =
  "Your last 3 steps changed nothing and found nothing new. If the task is done, do not call a tool: say in words what you did. If not, do something else.";

const SHOW_FILE =
  "Do not call a tool now. Say in one sentence what is wrong, then show the complete corrected file in a code block.";

/**
 * Runs the calls of an answer and judges what they came to: a model that makes the same call again and again is told so with its
 * result, and the turn ends where that does not help, or where step after step gets nowhere.
 */
export async function judgeCalls(context: TurnContext, options: AnsweredStep): Promise<Outcome | undefined> {
  const { step, state, answer, budget, signal } = options;
  const verdicts = new Map(answer.calls.map(({ call }) => [call, state.guard.see(call)]));
  await runCalls(answer.calls, {
    ...runCallsOptions(context, budget, signal),
    isRepeating: answer.isRepeating === true,
    constrain: (item) => constrainArguments(context, { ...options, item }),
    hintFor: (call) => {
      const verdict = verdicts.get(call);
      return verdict?.type === "hint" ? verdict.text : undefined;
    },
  });
  const stop = [...verdicts.values()].find((verdict) => verdict.type === "stop");
  if (stop) return { reason: "repeated_call", detail: stop.detail };
  const idle = state.progress.see(context.record.items.filter((item) => item.step === step));
  if (idle >= STOP_AT)
    return { reason: "repeated_call", detail: `the last ${idle} steps changed nothing and found nothing new` };
  if (idle > 0) await getUnstuck(context, options, idle);
  return undefined;
}

/**
 * After a step that got nowhere: the test that the task names is run, for its facts. A small model that changed nothing so far and wrote
 * down what stood there already is asked for the file; one that goes round in circles is told so.
 */
async function getUnstuck(context: TurnContext, options: AnsweredStep, idle: number): Promise<void> {
  const { state, step } = options;
  const items = turnItems(context);
  await verify(context, { ...options, turnItems: items, isStuck: true });
  state.vary ||= idle >= VARY_AT;
  if (idle === TELL_AT) await say(context, TELL_IDLE, "harness");
  if (state.filesAsked > 0 || items.some(hasChanged) || !items.some((item) => item.step === step && isVain(item)))
    return;
  await askForFile(context, state, "Nothing was changed.");
}

/**
 * Asks a model that goes on copying its own calls for the other form that it masters, a whole file in words (profile `fileBlocks`); the
 * answer is made warmer. False where the profile is another's, or it was asked often enough.
 */
export async function askForFile(context: TurnContext, state: TurnState, why: string): Promise<boolean> {
  if (!context.setup.profile.fileBlocks || state.filesAsked >= MOST_ASKED) return false;
  state.filesAsked += 1;
  state.vary = true;
  await say(context, `${why} ${SHOW_FILE}`, "harness");
  return true;
}

const hasChanged = (item: Item): boolean => item.type === "tool_call" && (item.result?.changes ?? []).length > 0;

/** A change whose text is what stood there already. */
function isVain(item: Item): boolean {
  if (item.type !== "tool_call" || item.malformed) return false;
  if (item.call.name === "write") return item.result?.isError === false;
  if (item.call.name !== "edit") return false;
  const { old_text, new_text } = JSON.parse(item.call.arguments) as {
    readonly old_text?: string;
    readonly new_text?: string;
  };
  return old_text === new_text;
}
