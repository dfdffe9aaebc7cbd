import type { BackendRequest, Delta, RawInput } from "../types/backend.ts";
import { streamCut } from "./connection.ts";
import type { AnswerDecoder } from "./decoder.ts";
import { errorOfObject } from "./errors.ts";
import type { JsonObject } from "./json.ts";
import { asArray, asNumber, asText, parseObject } from "./json.ts";
import { progressOf, usageOf } from "./usage.ts";

/** Body of a streamed `/completion`. */
export function llamaRawBody(request: BackendRequest, input: RawInput, model: string): JsonObject {
  const { promptIds, schema, messageDelimiters, preservedTokens } = input;
  return {
    model,
    prompt: promptIds ?? input.prompt,
    ...request.sampling,
    n_predict: request.maxTokens,
    ...(schema === undefined ? {} : { json_schema: schema }),
    ...(messageDelimiters === undefined ? {} : { message_delimiters: messageDelimiters }),
    ...(preservedTokens === undefined ? {} : { preserved_tokens: preservedTokens }),
    ...(request.stop === undefined || request.stop.length === 0 ? {} : { stop: request.stop }),
    ...(request.slot === undefined ? {} : { id_slot: request.slot }),
    stream: true,
    return_progress: true,
    ...(promptIds === undefined ? {} : { return_tokens: true }),
    cache_prompt: true,
  };
}

/** Reads a `/completion` stream, which has no `[DONE]`: its last object says `"stop": true`. */
export function createRawDecoder(): AnswerDecoder {
  let last: Delta | undefined;
  const takeTokens = createTokenReader();
  return {
    get finished() {
      return last !== undefined;
    },
    get over() {
      return last !== undefined;
    },
    read(data, at) {
      if (data === "[DONE]") return [];
      const chunk = parseObject(data);
      if (chunk === undefined) throw streamCut("the server streamed an event that is no JSON object");
      if (chunk.error) throw errorOfObject(undefined, chunk);
      const deltas: Delta[] = progressOf(chunk.prompt_progress, at);
      const text = asText(chunk.content);
      const tokens = chunk.prompt_progress === undefined ? takeTokens(chunk, text) : undefined;
      if (text !== undefined) deltas.push({ type: "raw", text, ...(tokens && { tokens }), at });
      if (chunk.stop === true) last = lastDelta(chunk, at);
      return deltas;
    },
    end() {
      if (last === undefined) throw streamCut("the answer ended before the server said so");
      return [last];
    },
  };
}

/**
 * Gathers the ids of each text. A character of several tokens comes with the id of its last one alone; the count of tokens so far
 * gives that away. Tokens without text are given with the next text, those at the end with none.
 */
function createTokenReader() {
  let counted = 0;
  let isWhole = true;
  let waiting: number[] = [];
  return (chunk: JsonObject, text: string | undefined): readonly number[] | undefined => {
    const predicted = asNumber(chunk.tokens_predicted);
    const ids = asArray(chunk.tokens).flatMap((id) => asNumber(id) ?? []);
    isWhole &&= predicted === counted + ids.length;
    counted = predicted ?? counted;
    waiting.push(...ids);
    if (text === undefined) return undefined;
    const tokens = isWhole && waiting.length > 0 ? waiting : undefined;
    waiting = [];
    isWhole = true;
    return tokens;
  };
}

function lastDelta(chunk: JsonObject, at: number): Delta {
  const cut = chunk.stop_type === "limit" || chunk.truncated === true;
  return { type: "done", finish: cut ? "length" : "stop", usage: usageOf(chunk.timings, undefined), at };
}
