import type { Backend, BackendRequest, ChatInput, Delta, FinishReason, ServerInfo, Usage } from "../types/backend.ts";
import type { HalterError } from "../types/error.ts";
import { cancelled, streamCut } from "./connection.ts";

/** One answer of the scripted model: `raw` for the raw wire, the others for the chat wire. */
interface ScriptedAnswer {
  readonly raw?: string;
  readonly reasoning?: string;
  readonly content?: string;
  readonly calls?: readonly { readonly id?: string; readonly name: string; readonly arguments: string }[];
  /** `tool_calls` where there are calls, else `stop`. */
  readonly finish?: FinishReason;
  readonly usage?: Partial<Usage>;
  /** Thrown after the text. */
  readonly error?: HalterError;
  /** The connection breaks after the text. */
  readonly cut?: boolean;
}

interface ScriptedOptions {
  /** In order; a function sees the request first. */
  readonly answers: readonly (ScriptedAnswer | ((request: BackendRequest) => ScriptedAnswer))[];
  readonly info?: Partial<ServerInfo>;
  /** Characters per delta. */
  readonly chunkSize?: number;
  readonly now?: () => number;
  readonly applyTemplate?: (input: ChatInput) => string;
  readonly countTokens?: (text: string) => number;
}

/** A scripted backend and what it was asked. */
interface ScriptedBackend extends Backend {
  readonly requests: readonly BackendRequest[];
}

const INFO: ServerInfo = {
  kind: "scripted",
  baseUrl: "scripted:",
  model: "scripted",
  models: ["scripted"],
  contextTokens: 32_768,
  slots: 1,
  chatTemplate: undefined,
  bosToken: undefined,
  eosToken: undefined,
  caps: {},
  build: undefined,
  architecture: undefined,
  defaults: {},
  isRouter: false,
  wires: ["raw", "chat"],
};

/**
 * A model that says what it is told, as a real backend. A request beyond the answers, a text for the other wire and, on
 * `close`, an answer nobody asked for are mistakes of the test and throw a plain `Error`.
 */
export function createScriptedBackend(options: ScriptedOptions): ScriptedBackend {
  const { answers, chunkSize = 7, now = () => 0, applyTemplate, countTokens } = options;
  const requests: BackendRequest[] = [];

  async function* generate(request: BackendRequest): AsyncGenerator<Delta> {
    const next = answers[requests.length];
    requests.push(request);
    if (next === undefined)
      throw new Error(`request ${requests.length} came, but ${answers.length} answers are scripted`);
    const answer = typeof next === "function" ? next(request) : next;
    checkWire(answer, request.input.type, requests.length);
    for (const delta of deltasOf(answer, chunkSize, now)) {
      // One turn of the event loop for each delta, as with a real stream, so that an abort can come between two.
      await new Promise(setImmediate);
      if (request.signal.aborted) throw cancelled(request.signal.reason);
      yield delta;
    }
    if (answer.error !== undefined) throw answer.error;
    if (answer.cut) throw streamCut("the connection broke off");
    const finish = answer.finish ?? (answer.calls === undefined ? "stop" : "tool_calls");
    const usage = { inputTokens: 0, cachedTokens: 0, outputTokens: 0, ...answer.usage };
    yield { type: "done", finish, usage, at: now() };
  }

  return {
    info: { ...INFO, ...options.info },
    requests,
    generate,
    ...(applyTemplate === undefined ? {} : { applyTemplate: async (input: ChatInput) => applyTemplate(input) }),
    ...(countTokens === undefined ? {} : { countTokens: async (text: string) => countTokens(text) }),
    async close() {
      const unused = answers.length - requests.length;
      if (unused > 0) throw new Error(`${unused} of ${answers.length} scripted answers were never asked for`);
    },
  };
}

function checkWire(answer: ScriptedAnswer, wire: "raw" | "chat", number: number): void {
  const ofChat = answer.content ?? answer.reasoning ?? answer.calls;
  if (wire === "raw" ? ofChat === undefined : answer.raw === undefined) return;
  throw new Error(`scripted answer ${number} is not for the ${wire} wire it was asked on`);
}

function* deltasOf(answer: ScriptedAnswer, chunkSize: number, now: () => number): Generator<Delta> {
  for (const text of cut(answer.raw, chunkSize)) yield { type: "raw", text, at: now() };
  for (const text of cut(answer.reasoning, chunkSize)) yield { type: "reasoning", text, at: now() };
  for (const text of cut(answer.content, chunkSize)) yield { type: "content", text, at: now() };
  for (const [index, { id, name, arguments: given }] of (answer.calls ?? []).entries()) {
    yield { type: "call", index, id: id ?? `call_${index}`, name, arguments: "", at: now() };
    for (const text of cut(given, chunkSize)) yield { type: "call", index, arguments: text, at: now() };
  }
}

function* cut(text: string | undefined, size: number): Generator<string> {
  for (let start = 0; start < (text?.length ?? 0); start += size) yield text!.slice(start, start + size);
}
