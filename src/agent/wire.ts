import {
  type CompiledTemplate,
  compileTemplate,
  equalButForDate,
  type RenderInput,
  render,
} from "../templates/index.ts";
import { HalterError, type Message, type ServerInfo, type ThreadEvent } from "../types/index.ts";
import type { ThreadSetup } from "./options.ts";
import { applying, rawInput, readTokens, rendering, type Tokens } from "./raw-wire.ts";
import { specialTextWatch } from "./special-text.ts";
import { type ChosenWire, chatInput, renderInput, type WireSetup } from "./wire-input.ts";

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
  const chat = (reason: string): ChosenWire => ({ wire: "chat", reason, ...chatting(setup) });
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
  if (drift.template) {
    return { wire: "raw", reason: drift.reason, ...rendering(setup, drift.template, drift.tokens) };
  }
  if (wire === "auto") return chat(drift.reason);
  return { wire: "raw", reason: `asked for; prompts come from the server: ${drift.reason}`, ...applying(setup) };
}

/** A recorded answer needs no prompt. */
function recorded(setup: WireSetup): ChosenWire {
  const wire = setup.backend.info.wires[0] ?? "raw";
  const safety = { isSafe: false, reason: "prompts are not sent" };
  const input = wire === "raw" ? async () => rawInput(setup, "", "") : chatting(setup).input;
  return { wire, reason: "as recorded", safety, input };
}

/** The server renders and parses. */
function chatting(setup: WireSetup): Pick<ChosenWire, "input" | "safety"> {
  const watch = specialTextWatch(setup);
  return {
    safety: { isSafe: false, reason: "the server makes the prompts and their tokens" },
    input: async (messages, { opener } = {}) => ({
      input: chatInput(setup, messages, opener),
      thinkingOpen: false,
      ...watch(messages),
    }),
  };
}

/** Announces a choice in the trace, the journal and the events. */
export async function announceWire(
  setup: ThreadSetup,
  chosen: ChosenWire,
  emit: (event: ThreadEvent) => void,
): Promise<void> {
  const { wire, reason, safety } = chosen;
  setup.onTrace?.({ type: "note", at: setup.now(), topic: "wire", data: { wire, reason, safety: safety.reason } });
  await setup.journal?.append({ type: "wire", wire, reason });
  emit({ type: "wire.chosen", wire, reason });
}

type Drift =
  | { readonly template: CompiledTemplate; readonly tokens: Tokens; readonly reason: string }
  | { readonly template?: undefined; readonly reason: string };

/** Renders the prompt here and on the server and compares. */
async function findDrift(setup: WireSetup, messages: readonly Message[], signal?: AbortSignal): Promise<Drift> {
  const { backend } = setup;
  if (!backend.info.chatTemplate) return { reason: "the server shows no chat template" };
  if (!backend.applyTemplate) return { reason: "the server has no /apply-template to compare with" };
  const [theirs, tokens] = await Promise.all([
    backend.applyTemplate(chatInput(setup, messages), signal).catch(failureOf),
    readTokens(setup, signal),
  ]);
  const ours = await renderHere(backend.info, renderInput(setup, messages, tokens.added)).catch(failureOf);
  if (theirs instanceof HalterError) throw refusal(theirs, ours);
  if (ours instanceof HalterError) return { reason: `our engine cannot render the template: ${ours.message}` };
  const { template, text } = ours;
  if (text === theirs) return { template, tokens, reason: "our render equals the server's" };
  if (equalButForDate(text, theirs))
    return { template, tokens, reason: "our render equals the server's, the date apart" };
  return { reason: `our render differs from the server's at character ${firstDifference(text, theirs)}` };
}

async function renderHere({ chatTemplate = "", build }: ServerInfo, input: RenderInput) {
  const template = await compileTemplate(chatTemplate, build);
  return { template, text: render(template, input).text };
}

/** Our own bugs crash. */
function failureOf(error: unknown): HalterError {
  if (error instanceof HalterError) return error;
  throw error;
}

/** The server tells that its template failed; our engine can tell where, and over which message. */
function refusal(theirs: HalterError, ours: unknown): HalterError {
  if (theirs.code !== "template_failed" || !(ours instanceof HalterError)) return theirs;
  const { hint = "", data } = theirs;
  return new HalterError("template_failed", ours.message, { hint, data: { ...data, ...ours.data }, cause: theirs });
}

function firstDifference(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index++;
  return index;
}
