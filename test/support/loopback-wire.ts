import type { ToyVocabulary } from "./loopback-vocabulary.ts";

/** One answer of the loopback server to a generation request. Without `status` it is streamed on the wire it was asked on. */
export interface LoopbackAnswer {
  /** The model's words: `content` on the chat wire, the raw text on `/completion`. */
  readonly text?: string;
  /** Chat wire only. */
  readonly reasoning?: string;
  /** Chat wire only; native calls as llama-server streams them. */
  readonly calls?: readonly { readonly id?: string; readonly name: string; readonly arguments: string }[];
  /** `tool_calls` where there are calls, else `stop`; other servers have more reasons than llama-server. */
  readonly finish?: "stop" | "length" | "tool_calls" | "function_call" | "content_filter" | "abort";
  /** Characters per event; 8 by default. */
  readonly chunkSize?: number;
  /** Pause before each event, milliseconds. */
  readonly delayMs?: number;
  /** Pause before the headers, milliseconds. */
  readonly headerDelayMs?: number;
  /** The socket is destroyed after this many text events. */
  readonly cutAfter?: number;
  /** The answer ends properly for HTTP, but without a finish reason. */
  readonly unfinished?: boolean;
  /** Sent as an event after the text; the stream then ends without `[DONE]`. */
  readonly errorEvent?: { readonly code: number; readonly message: string; readonly type: string };
  /** After the text nothing more comes until the client goes away; with `pingMs` comments do. */
  readonly hang?: boolean;
  readonly pingMs?: number;
  /** Chat wire only: the stream breaks off (`cut`) or falls silent (`hang`) after the finish reason, or falls silent after the usage. */
  readonly afterFinish?: "cut" | "hang" | "usage";
  /** Prompt tokens told, and how many of them cached. */
  readonly promptTokens?: number;
  readonly cachedTokens?: number;
  /** A plain JSON answer with this status. */
  readonly status?: number;
  readonly json?: unknown;
  /** Exact bytes of a stream in place of everything above; `bytesPerWrite` cuts them. */
  readonly bytes?: Uint8Array;
  readonly bytesPerWrite?: number;
}

/** The 400 of llama-server for a prompt that does not fit. */
export function overflowAnswer(promptTokens: number, contextTokens: number): LoopbackAnswer {
  const message = `request (${promptTokens} tokens) exceeds the available context size (${contextTokens} tokens), try increasing it`;
  const error = {
    code: 400,
    message,
    type: "exceed_context_size_error",
    n_prompt_tokens: promptTokens,
    n_ctx: contextTokens,
  };
  return { status: 400, json: { error } };
}

/** The events of an answer in order: `text` events first (all that `cutAfter` counts), then how it ends. */
export function eventsOf(
  answer: LoopbackAnswer,
  wire: "raw" | "chat",
  vocabulary?: ToyVocabulary,
): { text: string[]; end: string[] } {
  const text = wire === "raw" ? rawTexts(answer, vocabulary) : chatTexts(answer);
  if (answer.errorEvent !== undefined) return { text, end: [event({ error: answer.errorEvent })] };
  if (answer.unfinished) return { text, end: [] };
  const timings = timingsOf(answer, text.length);
  if (wire === "raw") {
    const stop_type = answer.finish === "length" ? "limit" : "eos";
    return { text, end: [event({ index: 0, content: "", stop: true, stop_type, truncated: false, timings })] };
  }
  const finish = answer.finish ?? (answer.calls === undefined ? "stop" : "tool_calls");
  const usage = {
    prompt_tokens: timings.cache_n + timings.prompt_n,
    completion_tokens: timings.predicted_n,
    prompt_tokens_details: { cached_tokens: timings.cache_n },
  };
  const finished = chatEvent({}, { finish_reason: finish });
  const counted = event({ choices: [], usage, timings });
  if (answer.afterFinish === undefined) return { text, end: [finished, counted, "data: [DONE]\n\n"] };
  return { text: [...text, finished, ...(answer.afterFinish === "usage" ? [counted] : [])], end: [] };
}

/** With the ids of each piece where they are asked for; of a piece with characters of several tokens llama-server tells the last alone. */
function rawTexts(answer: LoopbackAnswer, vocabulary: ToyVocabulary | undefined): string[] {
  let predicted = 0;
  return pieces(answer.text, answer).map((content) => {
    if (!vocabulary) return event({ index: 0, content, tokens: [0], stop: false });
    const ids = vocabulary.ids(content, true);
    predicted += ids.length;
    const tokens = /^[\0-\x7f]*$/.test(content) ? ids : ids.slice(-1);
    return event({ index: 0, content, tokens, stop: false, tokens_predicted: predicted });
  });
}

function chatTexts(answer: LoopbackAnswer): string[] {
  const calls = (answer.calls ?? []).flatMap((call, index) => {
    const [first = "", ...rest] = pieces(call.arguments, answer);
    const header = {
      index,
      id: call.id ?? `call${index}`,
      type: "function",
      function: { name: call.name, arguments: first },
    };
    return [header, ...rest.map((part) => ({ index, function: { arguments: part } }))];
  });
  return [
    chatEvent({ role: "assistant", content: null }),
    ...pieces(answer.reasoning, answer).map((part) => chatEvent({ reasoning_content: part })),
    ...pieces(answer.text, answer).map((part) => chatEvent({ content: part })),
    ...calls.map((call) => chatEvent({ tool_calls: [call] })),
  ];
}

function pieces(text: string | undefined, { chunkSize = 8 }: LoopbackAnswer): string[] {
  const characters = [...(text ?? "")];
  const count = Math.ceil(characters.length / chunkSize);
  return Array.from({ length: count }, (_, i) => characters.slice(i * chunkSize, (i + 1) * chunkSize).join(""));
}

function timingsOf({ promptTokens = 10, cachedTokens = 0 }: LoopbackAnswer, predicted: number) {
  return { cache_n: cachedTokens, prompt_n: promptTokens - cachedTokens, predicted_n: predicted };
}

function chatEvent(delta: unknown, more: object = {}): string {
  return event({ object: "chat.completion.chunk", choices: [{ index: 0, finish_reason: null, delta, ...more }] });
}

function event(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}
