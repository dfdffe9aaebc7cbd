import { literalsOf } from "../parsers/index.ts";
import { type CompiledTemplate, probeThinking, render } from "../templates/index.ts";
import { HalterError } from "../types/index.ts";
import { type AddedTokens, createPromptIds, learnTokens, type PromptIds } from "./prompt-ids/index.ts";
import { specialTextWatch } from "./special-text.ts";
import { type ChosenWire, chatInput, renderInput, type WireInput, type WireSetup } from "./wire-input.ts";

/** What a server's tokenizer told: what ids are made with, or why prompts go as text. */
export type Tokens = { readonly added: AddedTokens } | { readonly added?: undefined; readonly reason: string };

/** Learns how the model's tokens are written. Fails for nothing but a server that cannot be reached. */
export async function readTokens(setup: WireSetup, signal?: AbortSignal): Promise<Tokens> {
  const { backend, family } = setup;
  const { chatTemplate: template, bosToken = "", eosToken = "" } = backend.info;
  if (!backend.tokens || template === undefined) return { reason: "the server has no tokenizer route" };
  try {
    const sources = { template, literals: literalsOf(family), bosToken, eosToken };
    const added = await learnTokens(backend.tokens, sources, signal);
    return added ? { added } : { reason: "the server's tokens do not make up the text they were made of" };
  } catch (error) {
    if (!isRefusal(error, signal)) throw error;
    return { reason: `the server's tokenizer route failed: ${error.message}` };
  }
}

/** Renders here. Prompts go as ids where the tokens are known, else as text in which control tokens are looked for. */
export function rendering(
  setup: WireSetup,
  template: CompiledTemplate,
  tokens: Tokens,
): Pick<ChosenWire, "input" | "safety"> {
  const { backend } = setup;
  const watch = specialTextWatch(setup);
  let ids: PromptIds | undefined;
  if (backend.tokens && tokens.added)
    ids = createPromptIds(backend.tokens, tokens.added, { tokenize: backend.tokenize, earlier: setup.earlierAnswers });
  let known = "";
  return {
    safety: tokens.added
      ? { isSafe: true, reason: "prompts go as token ids: text of others can be no control token" }
      : { isSafe: false, reason: `prompts go as text: ${tokens.reason}` },
    async input(messages, { signal, onWaiting, opener = "" } = {}) {
      const input = renderInput(setup, messages, tokens.added);
      const rendered = render(template, input);
      const { text } = rendered;
      // The generation prompt is looked for only where the prompt does not end with the one found last.
      if (known === "" || !text.endsWith(known)) known = rendered.generationPrompt;
      const plain = rawInput(setup, text + opener, known);
      const options = { signal, onWaiting, opener, generationPrompt: known };
      const made = await ids?.of(rendered.segments, options).catch((error: unknown) => {
        if (!isRefusal(error, signal)) throw error;
        ids = undefined;
      });
      if (!made) return { ...plain, ...watch(messages) };
      const answer = { text: "", pieces: [] as [number, ...number[]][] };
      return {
        ...plain,
        input: { ...plain.input, promptIds: made.ids },
        ids: made.report,
        answer,
        answered: (piece, pieceIds) => {
          answer.text += piece;
          answer.pieces.push([piece.length, ...(pieceIds ?? [])]);
          ids?.answered(piece, pieceIds);
        },
      };
    },
  };
}

/** The server renders: nobody knows which text came from where. */
export function applying(setup: WireSetup): Pick<ChosenWire, "input" | "safety"> {
  const watch = specialTextWatch(setup);
  return {
    safety: { isSafe: false, reason: "prompts go as text: the server renders them" },
    async input(messages, { signal, opener = "" } = {}) {
      const prompt = (await setup.backend.applyTemplate?.(chatInput(setup, messages), signal)) ?? "";
      return { ...rawInput(setup, prompt + opener, tailOf(setup, prompt)), ...watch(messages) };
    },
  };
}

/** The last message opener and what follows: where the server renders, the generation prompt has to be found in the text. */
function tailOf(setup: WireSetup, prompt: string): string {
  const openers = setup.profile.messageDelimiters.map(({ delimiter }) => prompt.lastIndexOf(delimiter));
  return prompt.slice(Math.max(0, ...openers));
}

/** A prompt as text, with what the server and a parser have to know beside it. */
export function rawInput(setup: WireSetup, prompt: string, generationPrompt: string) {
  const { thinkingOpen } = probeThinking(generationPrompt, setup.family.thinking);
  const messageDelimiters = setup.profile.messageDelimiters;
  const preservedTokens = literalsOf(setup.family);
  return {
    input: {
      type: "raw",
      prompt,
      ...(messageDelimiters.length > 0 && { messageDelimiters }),
      ...(preservedTokens.length > 0 && { preservedTokens }),
    },
    thinkingOpen,
    generationPrompt,
  } satisfies WireInput;
}

/** A server that answers, but not what it was asked; another failure meets the model call as well. */
function isRefusal(error: unknown, signal: AbortSignal | undefined): error is HalterError {
  return error instanceof HalterError && !signal?.aborted && !UNREACHABLE.includes(error.code);
}

const UNREACHABLE: readonly HalterError["code"][] = [
  "server_unreachable",
  "server_gone",
  "server_loading",
  "server_stalled",
  "engine_crashed",
  "unauthorized",
  "cancelled",
];
