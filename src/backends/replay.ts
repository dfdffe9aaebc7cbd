import type { Backend, BackendRequest, Delta, ServerInfo } from "../types/backend.ts";
import { HalterError } from "../types/error.ts";
import type { TraceRecord } from "../types/trace.ts";
import { createChatDecoder } from "./chat-chunk.ts";
import { cancelled, streamCut } from "./connection.ts";
import { deltasOf } from "./decoder.ts";
import { serverError } from "./errors.ts";
import { asArray, asText, parseObject } from "./json.ts";
import { llamaPromptText, llamaTokenizeText } from "./llama-chat.ts";
import { createRawDecoder } from "./llama-raw.ts";
import type { Exchange } from "./recording.ts";
import { exchangesOf } from "./recording.ts";
import { textOf } from "./transport.ts";

/**
 * Plays the model calls of a recorded trace in order, byte for byte through the code that reads a live server; `at` is
 * the recorded time. Template and tokenizer questions are answered where the trace holds them. What was not recorded
 * throws `replay_exhausted`. `info` is what the recorded server told.
 */
export function createReplayBackend(records: readonly TraceRecord[], info: Omit<ServerInfo, "kind">): Backend {
  const { calls, questions } = exchangesOf(records);
  let played = 0;

  async function* generate(request: BackendRequest): AsyncGenerator<Delta> {
    const exchange = calls[played++];
    if (exchange === undefined) throw exhausted(`the recording holds ${calls.length} model calls`);
    if (exchange.status !== undefined && exchange.status !== 200) {
      throw serverError(exchange.status, await textOf(bytesOf(exchange, request.signal)));
    }
    let at = exchange.at;
    const decoder = exchange.path.endsWith("/completion") ? createRawDecoder() : createChatDecoder();
    yield* deltasOf(
      bytesOf(exchange, request.signal, (time) => {
        at = time;
      }),
      decoder,
      () => at,
    );
  }

  async function ask(path: string, body: string): Promise<string> {
    const exchange = questions.find((question) => question.path === path && question.body === body);
    if (exchange === undefined) throw exhausted(`the recording holds no such question to ${path}`);
    const text = await textOf(bytesOf(exchange));
    if (exchange.status !== 200) throw serverError(exchange.status, text);
    return text;
  }

  const has = (path: string) => questions.some((question) => question.path === path);
  return {
    info: { ...info, kind: "replay" },
    generate,
    ...(has("/apply-template") && {
      applyTemplate: async (input) =>
        asText(parseObject(await ask("/apply-template", llamaPromptText(input, info)))?.prompt) ?? "",
    }),
    ...(has("/tokenize") && {
      countTokens: async (text) =>
        asArray(parseObject(await ask("/tokenize", llamaTokenizeText(text, info)))?.tokens).length,
    }),
    async close() {},
  };
}

async function* bytesOf(
  exchange: Exchange,
  signal?: AbortSignal,
  onTime?: (at: number) => void,
): AsyncGenerator<Uint8Array> {
  for (const { data, encoding, at } of exchange.chunks) {
    if (signal?.aborted) throw cancelled(signal.reason);
    onTime?.(at);
    yield Buffer.from(data, encoding);
  }
  if (exchange.error !== undefined) throw streamCut(exchange.error);
}

function exhausted(what: string): HalterError {
  return new HalterError("replay_exhausted", `more was asked than was recorded: ${what}`, {
    hint: "A replay can only go the way the recorded thread went; use a live server to go on.",
  });
}
