import type { Budget } from "../context/index.ts";
import { say } from "./say.ts";
import { type TurnContext, type TurnState, turnItems } from "./turn-context.ts";
import { verify } from "./verify.ts";

/** How often in a turn a small model is asked to show the corrected file. */
const MOST_ASKED = 3;

const SHOW_FILE =
  "Do not call a tool now. Say in one sentence what is wrong, then show the complete corrected file in a code block.";

/** After a step that got nowhere: the test that the task names is run, for its facts, and a small model asked for the file. */
export async function getUnstuck(
  context: TurnContext,
  options: {
    readonly step: number;
    readonly state: TurnState;
    readonly budget: Budget;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  await verify(context, { ...options, turnItems: turnItems(context), isStuck: true });
  if (options.state.filesAsked === 0) await askForFile(context, options.state, "Nothing was changed.");
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
