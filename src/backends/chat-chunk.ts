import type { Delta, FinishReason } from "../types/backend.ts";
import { streamCut } from "./connection.ts";
import type { AnswerDecoder } from "./decoder.ts";
import { errorOfObject } from "./errors.ts";
import type { JsonObject } from "./json.ts";
import { asArray, asNumber, asObject, asText, parseObject } from "./json.ts";
import { progressOf, usageOf } from "./usage.ts";

/** `function_call` is the name before tools. */
const FINISH: ReadonlyMap<string, FinishReason> = new Map([
  ["stop", "stop"],
  ["length", "length"],
  ["tool_calls", "tool_calls"],
  ["function_call", "tool_calls"],
]);

/** Reads the chunks of one streamed chat completion, as objects. */
export interface ChatChunkReader {
  read(chunk: JsonObject, at: number): readonly Delta[];
  /** As of an `AnswerDecoder`. */
  readonly finished: boolean;
  end(at: number): readonly Delta[];
}

export function createChatChunkReader(): ChatChunkReader {
  let finish: FinishReason | undefined;
  let timings: unknown;
  let usage: unknown;
  return {
    get finished() {
      return finish !== undefined;
    },
    read(chunk, at) {
      if (chunk.error || chunk.object === "error") throw errorOfObject(undefined, chunk);
      if (chunk.timings) timings = chunk.timings;
      if (chunk.usage) usage = chunk.usage;
      const deltas: Delta[] = progressOf(chunk.prompt_progress, at);
      const choice = asObject(asArray(chunk.choices)[0]);
      if (choice === undefined) return deltas;
      const delta = asObject(choice.delta) ?? {};
      // llama-server says `reasoning_content`, newer vLLM and Ollama `reasoning`.
      const reasoning = asText(delta.reasoning_content) ?? asText(delta.reasoning);
      if (reasoning !== undefined) deltas.push({ type: "reasoning", text: reasoning, at });
      const content = asText(delta.content);
      if (content !== undefined) deltas.push({ type: "content", text: content, at });
      for (const [position, call] of asArray(delta.tool_calls).entries()) deltas.push(callOf(call, position, at));
      const reason = asText(choice.finish_reason);
      // Any other reason (`content_filter`, vLLM's `abort`) means that the answer was cut off.
      if (reason !== undefined) finish = FINISH.get(reason) ?? "length";
      return deltas;
    },
    end(at) {
      if (finish === undefined) throw streamCut("the answer ended without a finish reason");
      return [{ type: "done", finish, usage: usageOf(timings, usage), at }];
    },
  };
}

/** The same for the JSON texts of a `/v1/chat/completions` stream, which ends with `[DONE]`. */
export function createChatDecoder(): AnswerDecoder {
  const chunks = createChatChunkReader();
  let over = false;
  return {
    get finished() {
      return chunks.finished;
    },
    get over() {
      return over;
    },
    read(data, at) {
      if (data === "[DONE]") {
        over = true;
        return [];
      }
      const chunk = parseObject(data);
      if (chunk === undefined) throw streamCut("the server streamed an event that is no JSON object");
      return chunks.read(chunk, at);
    },
    end: (at) => chunks.end(at),
  };
}

function callOf(value: unknown, position: number, at: number): Delta {
  const call = asObject(value) ?? {};
  const called = asObject(call.function) ?? {};
  const given = called.arguments;
  const id = asText(call.id);
  const name = asText(called.name);
  return {
    type: "call",
    index: asNumber(call.index) ?? position,
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    arguments: typeof given === "string" ? given : given ? JSON.stringify(given) : "",
    at,
  };
}
