import type { Budget } from "../context/index.ts";
import type { Item } from "../types/index.ts";
import { say } from "./say.ts";
import { type TurnContext, type TurnState, turnItems } from "./turn-context.ts";
import { verify } from "./verify.ts";

/** How often in a turn a small model is asked to show the corrected file. */
const MOST_ASKED = 3;

/** Steps in a row that got nowhere: from the one on the next is tried warmer, at the other the model is told. */
const VARY_AT = 2;
const TELL_AT = 3;

const TELL_IDLE =
  "Your last 3 steps changed nothing and found nothing new. If the task is done, do not call a tool: say in words what you did. If not, do something else.";

const SHOW_FILE =
  "Do not call a tool now. Say in one sentence what is wrong, then show the complete corrected file in a code block.";

/**
 * After a step that got nowhere: the test that the task names is run, for its facts. A small model that changed nothing so far and wrote
 * down what stood there already is asked for the file; one that goes round in circles is told so.
 */
export async function getUnstuck(
  context: TurnContext,
  options: {
    readonly step: number;
    readonly state: TurnState;
    readonly budget: Budget;
    readonly signal: AbortSignal;
    /** Steps in a row that got nowhere. */
    readonly idle: number;
  },
): Promise<void> {
  const items = turnItems(context);
  await verify(context, { ...options, turnItems: items, isStuck: true });
  const { state, step, idle } = options;
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
