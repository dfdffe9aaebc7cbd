import type { Backend, BackendRequest, ChatInput, Delta, ServerInfo } from "../types/backend.ts";
import { createChatDecoder } from "./chat-chunk.ts";
import { connectionError } from "./connection.ts";
import { deltasOf } from "./decoder.ts";
import { serverError } from "./errors.ts";
import type { JsonObject } from "./json.ts";
import { asArray, asText, parseObject } from "./json.ts";
import { llamaChatBody, llamaPromptText, llamaTokenizeText } from "./llama-chat.ts";
import { createRawDecoder, llamaRawBody } from "./llama-raw.ts";
import { untilLoaded } from "./loading.ts";
import { askLlamaServer, createWatchdog } from "./stall.ts";
import type { Transport } from "./transport.ts";
import { textOf } from "./transport.ts";
import { untilBegun } from "./until-begun.ts";

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
    const loading = { transport, now, since: now(), loadingSeconds: options.loadingSeconds, signal };
    const watchdog = createWatchdog({
      silenceMs: options.stallSeconds * 1000,
      ask: () => askLlamaServer(transport, query),
      onDead: (error) => cancel.abort(error),
    });
    try {
      for (;;) {
        const opening = transport.open(question);
        yield* untilBegun(opening, transport, query, now);
        const answer = await opening;
        watchdog.touch();
        if (answer.status === 200) {
          const decoder = input.type === "raw" ? createRawDecoder() : createChatDecoder();
          yield* deltasOf(answer.body, decoder, now, watchdog.touch);
          return;
        }
        const error = serverError(answer.status, await textOf(answer.body));
        if (error.code !== "server_loading") throw error;
        // Nothing was begun, so sending it once the model is there is no second sending.
        for await (const detail of untilLoaded(loading)) {
          watchdog.touch();
          yield { type: "waiting", reason: "loading", detail, at: now() };
        }
      }
    } catch (cause) {
      throw connectionError(cause, transport.baseUrl, signal);
    } finally {
      watchdog.stop();
      cancel.abort();
    }
  }

  /** Waits while the model loads, as generation does. */
  async function ask(path: string, body: string, signal?: AbortSignal): Promise<JsonObject> {
    const stop = signal === undefined ? {} : { signal };
    const loading = { transport, now, since: now(), loadingSeconds: options.loadingSeconds, ...stop };
    for (;;) {
      const answer = await transport.ask({ method: "POST", path, body, timeoutMs: QUESTION_TIMEOUT, ...stop });
      const object = answer.status === 200 ? parseObject(answer.text) : undefined;
      if (object !== undefined) return object;
      const error = serverError(answer.status, answer.text);
      if (error.code !== "server_loading") throw error;
      for await (const _ of untilLoaded(loading));
    }
  }

  return {
    info,
    generate,
    applyTemplate: async (input: ChatInput, signal) =>
      asText((await ask("/apply-template", llamaPromptText(input, info), signal)).prompt) ?? "",
    countTokens: async (text) => asArray((await ask("/tokenize", llamaTokenizeText(text, info))).tokens).length,
    close: () => transport.close(),
  };
}
