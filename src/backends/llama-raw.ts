import type { BackendRequest, Delta, RawInput } from "../types/backend.ts";
import { streamCut } from "./connection.ts";
import type { AnswerDecoder } from "./decoder.ts";
import { errorOfObject } from "./errors.ts";
import type { JsonObject } from "./json.ts";
import { asText, parseObject } from "./json.ts";
import { progressOf, usageOf } from "./usage.ts";

/** Body of a streamed `/completion`. */
export function llamaRawBody(request: BackendRequest, input: RawInput, model: string): JsonObject {
  const { schema, messageDelimiters, preservedTokens } = input;
  return {
    model,
    prompt: input.prompt,
    ...request.sampling,
    n_predict: request.maxTokens,
    ...(schema === undefined ? {} : { json_schema: schema }),
    ...(messageDelimiters === undefined ? {} : { message_delimiters: messageDelimiters }),
    ...(preservedTokens === undefined ? {} : { preserved_tokens: preservedTokens }),
    ...(request.stop === undefined || request.stop.length === 0 ? {} : { stop: request.stop }),
    ...(request.slot === undefined ? {} : { id_slot: request.slot }),
    stream: true,
    return_progress: true,
    cache_prompt: true,
  };
}

/** Reads a `/completion` stream, which has no `[DONE]`: its last object says `"stop": true`. */
export function createRawDecoder(): AnswerDecoder {
  let last: Delta | undefined;
  return {
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
      if (text !== undefined) deltas.push({ type: "raw", text, at });
      if (chunk.stop === true) last = lastDelta(chunk, at);
      return deltas;
    },
    end() {
      if (last === undefined) throw streamCut("the answer ended before the server said so");
      return [last];
    },
  };
}

function lastDelta(chunk: JsonObject, at: number): Delta {
  const cut = chunk.stop_type === "limit" || chunk.truncated === true;
  return { type: "done", finish: cut ? "length" : "stop", usage: usageOf(chunk.timings, undefined), at };
}
