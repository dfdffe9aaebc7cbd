import type { RenderInput } from "../templates/index.ts";
import type { ChatInput, GeneratedAnswer, Message, RawInput, Wire } from "../types/index.ts";
import type { ThreadSetup } from "./options.ts";
import type { AddedTokens, IdsReport } from "./prompt-ids/index.ts";
import { kwargsOf } from "./sampling.ts";

/** One request's input with what a parser has to know of the prompt's end. */
export interface WireInput {
  readonly input: RawInput | ChatInput;
  readonly thinkingOpen: boolean;
  readonly generationPrompt?: string;
  /** How the prompt's ids were made, where it goes as ids. */
  readonly ids?: IdsReport;
  /** Takes in the answer's ids, so that the next prompt can begin with them. */
  readonly answered?: (text: string, ids: readonly number[] | undefined) => void;
  /** What was taken in so far. */
  readonly answer?: GeneratedAnswer;
  /** What the user should know of this input; said once in a thread. */
  readonly warning?: string;
}

/** What goes into one request beside the messages. */
export interface InputOptions {
  readonly signal?: AbortSignal;
  /** Text that the answer begins with; it is not echoed. */
  readonly opener?: string;
  /** Hears what is waited for while the server loads its model. */
  readonly onWaiting?: (detail: string) => void;
}

/** The wire of a thread; it never changes within one. */
export interface ChosenWire {
  readonly wire: Wire;
  readonly reason: string;
  /** How prompts go: as token ids, in which text of others can be no control token, or why not. */
  readonly safety: { readonly isSafe: boolean; readonly reason: string };
  input(messages: readonly Message[], options?: InputOptions): Promise<WireInput>;
}

/** What choosing needs of a thread's setup. */
export type WireSetup = Pick<
  ThreadSetup,
  "backend" | "profile" | "family" | "specs" | "wire" | "thinking" | "createdAt"
> &
  Partial<Pick<ThreadSetup, "earlierAnswers">>;

/** The input of the chat wire, and what `/apply-template` is asked. */
export function chatInput(setup: WireSetup, messages: readonly Message[], opener?: string): ChatInput {
  const kwargs = kwargsOf(setup.profile, setup.thinking);
  return { type: "chat", messages, tools: setup.specs, kwargs, ...(opener !== undefined && { prefill: opener }) };
}

/** The same for our own engine; `around` tells of the tokens that the server puts around a prompt by itself. */
export function renderInput(
  setup: WireSetup,
  messages: readonly Message[],
  around: Pick<AddedTokens, "bos" | "wantsEos"> | undefined,
): RenderInput {
  const { info } = setup.backend;
  return {
    prompt: { messages, tools: setup.specs, kwargs: kwargsOf(setup.profile, setup.thinking) },
    now: new Date(setup.createdAt),
    caps: info.caps,
    addsBos: around?.bos !== undefined,
    addsEos: around?.wantsEos ?? false,
    ...(info.bosToken !== undefined && { bosToken: info.bosToken }),
    ...(info.eosToken !== undefined && { eosToken: info.eosToken }),
  };
}
