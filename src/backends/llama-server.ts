import type { Backend, BackendRequest, ChatInput, Delta, ServerInfo, Token, TokenReading } from "../types/backend.ts";
import { createChatDecoder } from "./chat-chunk.ts";
import { connectionError } from "./connection.ts";
import { deltasOf } from "./decoder.ts";
import { serverError } from "./errors.ts";
import type { JsonObject } from "./json.ts";
import { asArray, asNumber, asObject, asText, parseObject } from "./json.ts";
import { llamaChatBody, llamaPromptText, llamaTokenizeText, llamaTokensText } from "./llama-chat.ts";
import { createRawDecoder, llamaRawBody } from "./llama-raw.ts";
import { askLoaded, onceLoaded } from "./loading.ts";
import { askLlamaServer, createWatchdog } from "./stall.ts";
import type { Transport } from "./transport.ts";
import { textOf } from "./transport.ts";
import { untilBegun } from "./until-begun.ts";
import { AFTER_FINISH } from "./until-quiet.ts";

export interface LlamaServerOptions {
  readonly transport: Transport;
  readonly info: ServerInfo;
  readonly now: () => number;
  readonly stallSeconds: number;
  readonly loadingSeconds: number;
}

/** Template and tokenizer questions are answered beside generation; this is for a server that hangs. Milliseconds. */
const QUESTION_TIMEOUT = 60_000;

/** llama-server on both wires. */
export function createLlamaServerBackend(options: LlamaServerOptions): Backend {
  const { transport, info, now } = options;
  const query = info.isRouter ? `?model=${encodeURIComponent(info.model)}` : "";
  const loading = { transport, path: "/health", now, loadingSeconds: options.loadingSeconds } as const;
  let calls = 0;

  async function* generate(request: BackendRequest): AsyncGenerator<Delta> {
    const { input } = request;
    const model = request.model ?? info.model;
    const [path, body] =
      input.type === "raw"
        ? ["/completion", llamaRawBody(request, input, model)]
        : ["/v1/chat/completions", llamaChatBody(request, input, model)];
    const call = ++calls;
    const cancel = new AbortController();
    const signal = AbortSignal.any([request.signal, cancel.signal]);
    const question = { method: "POST", path, body: JSON.stringify(body), signal, call } as const;
    const watchdog = createWatchdog({
      silenceMs: options.stallSeconds * 1000,
      ask: () => askLlamaServer(transport, query),
      onDead: (error) => cancel.abort(error),
    });
    try {
      const open = async () => {
        const answer = await transport.open(question);
        watchdog.touch();
        if (answer.status === 200) return answer;
        throw serverError(answer.status, await textOf(answer.body));
      };
      const answer = yield* onceLoaded({ ...loading, signal, onWaiting: watchdog.touch }, open, (opening) =>
        untilBegun(opening, transport, query, now),
      );
      const decoder = input.type === "raw" ? createRawDecoder() : createChatDecoder();
      const quietMs = Math.min(AFTER_FINISH, options.stallSeconds * 1000);
      yield* deltasOf(answer.body, decoder, now, watchdog.touch, quietMs);
    } catch (cause) {
      throw connectionError(cause, transport.baseUrl, signal);
    } finally {
      watchdog.stop();
      cancel.abort();
    }
  }

  /** Waits while the model loads, as generation does. */
  async function ask(
    path: string,
    body: string,
    { signal, onWaiting }: Pick<TokenReading, "signal" | "onWaiting"> = {},
  ): Promise<JsonObject> {
    const stop = signal === undefined ? {} : { signal };
    return askLoaded({ ...loading, ...stop, onWaiting }, async () => {
      const answer = await transport.ask({ method: "POST", path, body, timeoutMs: QUESTION_TIMEOUT, ...stop });
      const object = answer.status === 200 ? parseObject(answer.text) : undefined;
      if (object === undefined) throw serverError(answer.status, answer.text);
      return object;
    });
  }

  return {
    info,
    generate,
    applyTemplate: async (input: ChatInput, signal) =>
      asText((await ask("/apply-template", llamaPromptText(input, info), { signal })).prompt) ?? "",
    countTokens: async (text) => asArray((await ask("/tokenize", llamaTokenizeText(text, info))).tokens).length,
    tokenize: async (text, special) => {
      const { tokens } = await ask("/tokenize", llamaTokenizeText(text, info, special));
      return asArray(tokens).flatMap((token) => asNumber(token) ?? []);
    },
    tokens: async (content, reading) =>
      asArray((await ask("/tokenize", llamaTokensText(content, reading, info), reading)).tokens).flatMap(tokenOf),
    close: () => transport.close(),
  };
}

/** A token as `/tokenize` gives it `with_pieces`; none for anything else. */
function tokenOf(value: unknown): Token[] {
  const { id, piece } = asObject(value) ?? {};
  if (typeof id !== "number") return [];
  if (typeof piece === "string") return [{ id, piece }];
  return Array.isArray(piece) ? [{ id, piece: piece.flatMap((byte) => asNumber(byte) ?? []) }] : [];
}
