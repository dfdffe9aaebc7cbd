import type { BackendRequest, ChatInput, ServerInfo, TokenReading } from "../types/backend.ts";
import { checkHistory } from "./history.ts";
import type { JsonObject } from "./json.ts";

/** The part of a chat body that decides the prompt; `/apply-template` takes the same. Throws `bad_history`. */
function promptBody(input: ChatInput): JsonObject {
  checkHistory(input.messages);
  const prefill = input.prefill === undefined ? [] : [{ role: "assistant", content: input.prefill }];
  return {
    messages: [...input.messages, ...prefill],
    ...(input.tools.length === 0
      ? {}
      : {
          tools: input.tools.map(({ name, description, parameters }) => ({
            type: "function",
            function: { name, description, parameters },
          })),
        }),
    ...(input.toolChoice === undefined || input.tools.length === 0 ? {} : { tool_choice: input.toolChoice }),
    ...(input.kwargs === undefined || Object.keys(input.kwargs).length === 0
      ? {}
      : { chat_template_kwargs: input.kwargs }),
  };
}

/** The JSON text asked of `/apply-template`; a router needs the model's name. */
export function llamaPromptText(input: ChatInput, info: Pick<ServerInfo, "isRouter" | "model">): string {
  return JSON.stringify(info.isRouter ? { model: info.model, ...promptBody(input) } : promptBody(input));
}

/** The JSON text asked of `/tokenize`; special tokens are parsed unless `special` is false. */
export function llamaTokenizeText(
  text: string,
  info: Pick<ServerInfo, "isRouter" | "model">,
  special?: boolean,
): string {
  const body = { content: text, ...(special !== undefined && { parse_special: special }) };
  return JSON.stringify(info.isRouter ? { model: info.model, ...body } : body);
}

/** The JSON text asked of `/tokenize` for tokens with their texts. */
export function llamaTokensText(
  content: readonly (string | number)[],
  { special, around = false }: TokenReading,
  info: Pick<ServerInfo, "isRouter" | "model">,
): string {
  const body = { content, parse_special: special, add_special: around, with_pieces: true };
  return JSON.stringify(info.isRouter ? { model: info.model, ...body } : body);
}

/** The fields that every OpenAI-like chat endpoint understands. */
export function chatBody(request: BackendRequest, input: ChatInput, model: string): JsonObject {
  return {
    model,
    ...promptBody(input),
    ...request.sampling,
    max_tokens: request.maxTokens,
    ...(request.stop === undefined || request.stop.length === 0 ? {} : { stop: request.stop }),
    stream: true,
    stream_options: { include_usage: true },
  };
}

/** llama-server's own on top: prompt progress, prompt cache, slot. */
export function llamaChatBody(request: BackendRequest, input: ChatInput, model: string): JsonObject {
  return {
    ...chatBody(request, input, model),
    return_progress: true,
    cache_prompt: true,
    ...(request.slot === undefined ? {} : { id_slot: request.slot }),
  };
}
