import { literalsOf } from "../parsers/index.ts";
import {
  type CompiledTemplate,
  compileTemplate,
  equalButForDate,
  generationPrompt,
  probeThinking,
  type RenderInput,
  render,
} from "../templates/index.ts";
import {
  type ChatInput,
  HalterError,
  type Message,
  type RawInput,
  type ThreadEvent,
  type Wire,
} from "../types/index.ts";
import type { ThreadSetup } from "./options.ts";
import { kwargsOf } from "./sampling.ts";

/** One request's input with what a parser has to know of the prompt's end. */
export interface WireInput {
  readonly input: RawInput | ChatInput;
  readonly thinkingOpen: boolean;
  readonly generationPrompt?: string;
}

/** The wire of a thread; it never changes within one. */
export interface ChosenWire {
  readonly wire: Wire;
  readonly reason: string;
  input(messages: readonly Message[], signal?: AbortSignal): Promise<WireInput>;
}

/** What choosing needs of a thread's setup. */
export type WireSetup = Pick<
  ThreadSetup,
  "backend" | "profile" | "family" | "specs" | "wire" | "thinking" | "createdAt"
>;

/**
 * Chooses the wire on the first request. `auto` takes `raw` when our render of this very prompt
 * equals the server's `/apply-template` (a date apart), else `chat`; `raw` on an unequal template takes its prompts from the server.
 * Throws `HalterError` `not_supported` when `raw` is asked of a server without it.
 */
export async function chooseWire(
  setup: WireSetup,
  messages: readonly Message[],
  signal?: AbortSignal,
): Promise<ChosenWire> {
  const { backend, wire } = setup;
  const chat = (reason: string): ChosenWire => ({
    wire: "chat",
    reason,
    input: async (next) => chatWireInput(setup, next),
  });
  if (backend.info.kind === "replay") return recorded(setup);
  if (wire === "chat") return chat("asked for");
  if (!backend.info.wires.includes("raw")) {
    if (wire === "raw")
      throw new HalterError("not_supported", `${backend.info.baseUrl} has no raw wire`, {
        hint: "leave --wire out, or say --wire chat",
      });
    return chat("the server renders and parses by itself");
  }
  const drift = await findDrift(setup, messages, signal);
  if (drift.template) return { wire: "raw", reason: drift.reason, input: rendering(setup, drift.template) };
  if (wire === "auto") return chat(drift.reason);
  return {
    wire: "raw",
    reason: `asked for; prompts come from the server: ${drift.reason}`,
    input: (next, stop) => appliedInput(setup, next, stop),
  };
}

/** A recorded answer needs no prompt. */
function recorded(setup: WireSetup): ChosenWire {
  const wire = setup.backend.info.wires[0] ?? "raw";
  const input =
    wire === "raw"
      ? async () => rawInput(setup, "", "")
      : async (next: readonly Message[]) => chatWireInput(setup, next);
  return { wire, reason: "as recorded", input };
}

/** Announces a choice in the trace, the journal and the events. */
export async function announceWire(
  setup: ThreadSetup,
  chosen: ChosenWire,
  emit: (event: ThreadEvent) => void,
): Promise<void> {
  const { wire, reason } = chosen;
  setup.onTrace?.({ type: "note", at: setup.now(), topic: "wire", data: { wire, reason } });
  await setup.journal?.append({ type: "wire", wire, reason });
  emit({ type: "wire.chosen", wire, reason });
}

type Drift =
  | { readonly template: CompiledTemplate; readonly reason: string }
  | { readonly template?: undefined; readonly reason: string };

/** Renders the prompt here and on the server and compares. */
async function findDrift(setup: WireSetup, messages: readonly Message[], signal?: AbortSignal): Promise<Drift> {
  const { backend } = setup;
  if (!backend.info.chatTemplate) return { reason: "the server shows no chat template" };
  if (!backend.applyTemplate) return { reason: "the server has no /apply-template to compare with" };
  const theirs = await backend.applyTemplate(chatInput(setup, messages), signal);
  try {
    const template = await compileTemplate(backend.info.chatTemplate);
    const ours = render(template, renderInput(setup, messages)).text;
    if (ours === theirs) return { template, reason: "our render equals the server's" };
    if (equalButForDate(ours, theirs)) return { template, reason: "our render equals the server's, the date apart" };
    return { reason: `our render differs from the server's at character ${firstDifference(ours, theirs)}` };
  } catch (error) {
    if (!(error instanceof HalterError)) throw error;
    return { reason: `our engine cannot render the template: ${error.message}` };
  }
}

/** Renders here; the generation prompt is looked for only where the prompt does not end with the one found last. */
function rendering(setup: WireSetup, template: CompiledTemplate): ChosenWire["input"] {
  let known = "";
  return async (messages) => {
    const input = renderInput(setup, messages);
    const prompt = render(template, input).text;
    if (known === "" || !prompt.endsWith(known)) known = generationPrompt(template, input);
    return rawInput(setup, prompt, known);
  };
}

async function appliedInput(setup: WireSetup, messages: readonly Message[], signal?: AbortSignal): Promise<WireInput> {
  const prompt = (await setup.backend.applyTemplate?.(chatInput(setup, messages), signal)) ?? "";
  return rawInput(setup, prompt, tailOf(setup, prompt));
}

/** The last message opener and what follows: where the server renders, the generation prompt has to be found in the text. */
function tailOf(setup: WireSetup, prompt: string): string {
  const openers = setup.profile.messageDelimiters.map(({ delimiter }) => prompt.lastIndexOf(delimiter));
  return prompt.slice(Math.max(0, ...openers));
}

function rawInput(setup: WireSetup, prompt: string, generationPrompt: string): WireInput {
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
  };
}

function chatWireInput(setup: WireSetup, messages: readonly Message[]): WireInput {
  return { input: chatInput(setup, messages), thinkingOpen: false };
}

function chatInput(setup: WireSetup, messages: readonly Message[]): ChatInput {
  return { type: "chat", messages, tools: setup.specs, kwargs: kwargsOf(setup.profile, setup.thinking) };
}

function renderInput(setup: WireSetup, messages: readonly Message[]): RenderInput {
  const { info } = setup.backend;
  return {
    prompt: { messages, tools: setup.specs, kwargs: kwargsOf(setup.profile, setup.thinking) },
    now: new Date(setup.createdAt),
    caps: info.caps,
    ...(info.bosToken !== undefined && { bosToken: info.bosToken }),
    ...(info.eosToken !== undefined && { eosToken: info.eosToken }),
  };
}

function firstDifference(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index++;
  return index;
}
