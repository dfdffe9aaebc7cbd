import type { Budget } from "../context/index.ts";
import type { Item } from "../types/index.ts";
import { say } from "./say.ts";
import { type TurnContext, type TurnState, turnItems } from "./turn-context.ts";
import { verify } from "./verify.ts";

/** How often in a turn a small model is asked to show the corrected file. */
const MOST_ASKED = 3;

const SHOW_FILE =
  "Do not call a tool now. Say in one sentence what is wrong, then show the complete corrected file in a code block.";

/**
 * After a step that got nowhere: the test that the task names is run, for its facts. A small model that changed nothing so far and wrote
 * down what stood there already is asked for the file.
 */
export async function getUnstuck(
  context: TurnContext,
  options: {
    readonly step: number;
    readonly state: TurnState;
    readonly budget: Budget;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const items = turnItems(context);
  await verify(context, { ...options, turnItems: items, isStuck: true });
  const { state, step } = options;
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
