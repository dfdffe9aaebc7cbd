import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { compileTemplate, render } from "../../src/templates/index.ts";
import type { Message, ToolSpec } from "../../src/types/index.ts";
import { LOOPBACK_TEMPLATE } from "./loopback-template.ts";

const MODEL = "qwen2.5-coder-loopback";
const CONTEXT_TOKENS = 32_768;
const PROMPT_TOKENS = 1000;

/** A server on loopback that answers like llama-server, with words that mean nothing. */
export interface Loopback {
  readonly baseUrl: string;
  /** Every request so far: method, path and when it came, milliseconds of `performance.now()`. */
  readonly requests: { readonly method: string; readonly path: string; readonly at: number }[];
  /** The tokens of each answer that is asked for. */
  answer: () => Iterable<string>;
  close(): Promise<void>;
}

export interface LoopbackOptions {
  readonly answer: () => Iterable<string>;
  /** Milliseconds between two tokens; 0 writes them as fast as they are taken. */
  readonly everyMs: number;
}

/** Starts the server on a free port. */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const server = createServer((request, response) => {
    loopback.requests.push({ method: request.method ?? "", path: request.url ?? "", at: performance.now() });
    void respond(request, response, { ...options, answer: loopback.answer });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const loopback: Loopback = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    answer: options.answer,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return loopback;
}

async function respond(request: IncomingMessage, response: ServerResponse, options: LoopbackOptions): Promise<void> {
  const body = await readBody(request);
  const route = (request.url ?? "").split("?")[0]!;
  if (route === "/completion" || route === "/v1/chat/completions") return stream(response, route, options);
  const value = await ROUTES[route]?.(body);
  response.writeHead(value === undefined ? 404 : 200, { "content-type": "application/json" });
  response.end(JSON.stringify(value ?? { error: { code: 404, message: "File Not Found", type: "not_found_error" } }));
}

type Body = Readonly<Record<string, unknown>>;

const ROUTES: Readonly<Record<string, (body: Body) => unknown>> = {
  "/health": () => ({ status: "ok" }),
  "/props": () => ({
    default_generation_settings: { n_ctx: CONTEXT_TOKENS, params: { temperature: 0.8 } },
    total_slots: 1,
    model_alias: MODEL,
    model_path: `${MODEL}.gguf`,
    endpoint_slots: true,
    chat_template: LOOPBACK_TEMPLATE,
    bos_token: "",
    eos_token: "<|im_end|>",
    build_info: "b0-loopback",
  }),
  "/slots": () => [{ id: 0, n_ctx: CONTEXT_TOKENS, is_processing: false }],
  "/v1/models": () => ({ object: "list", data: [{ id: MODEL, object: "model", meta: { n_ctx: CONTEXT_TOKENS } }] }),
  "/tokenize": (body) => ({ tokens: tokensOf(body) }),
  "/apply-template": async (body) => ({ prompt: await applyTemplate(body) }),
};

/** A word is a token, and so is white space, and a control token of the template where those are read. */
function tokensOf({ content = "", parse_special: special = true, with_pieces: pieces = false }: Body): unknown[] {
  const elements = Array.isArray(content) ? (content as (string | number)[]) : [String(content)];
  const pattern = special ? /<\|im_(?:start|end)\|>|[^\s<]+|\s+|</g : /[^\s<]+|\s+|</g;
  return elements.flatMap((element) => {
    if (typeof element === "number") return [pieces ? { id: element, piece: WORDS[element] ?? "" } : element];
    return (element.match(pattern) ?? []).map((piece) => (pieces ? { id: idOf(piece), piece } : idOf(piece)));
  });
}

const WORDS: string[] = [];
const ids = new Map<string, number>();

function idOf(word: string): number {
  const known = ids.get(word);
  if (known !== undefined) return known;
  ids.set(word, WORDS.length);
  return WORDS.push(word) - 1;
}

async function applyTemplate(body: Body): Promise<string> {
  const tools = ((body.tools ?? []) as { function: ToolSpec }[]).map((tool) => tool.function);
  const prompt = { messages: body.messages as readonly Message[], tools, kwargs: {} };
  return render(await compileTemplate(LOOPBACK_TEMPLATE), { prompt, now: new Date(), eosToken: "<|im_end|>" }).text;
}

/** One event a token, then the closing events of the route's own form. */
async function stream(response: ServerResponse, route: string, { answer, everyMs }: LoopbackOptions): Promise<void> {
  const events = route === "/completion" ? completionEvents(answer()) : chatEvents(answer());
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const event of events) {
    if (response.destroyed) return;
    response.write(`data: ${event}\n\n`);
    if (everyMs > 0) await sleep(everyMs);
  }
  response.end();
}

/** Words that mean nothing, as many as asked for. */
export function* hay(tokens: number): Generator<string> {
  for (let index = 0; index < tokens; index++) yield index % 12 === 11 ? "llama,\n" : `hay${index} `;
}

function* completionEvents(answer: Iterable<string>): Generator<string> {
  let count = 0;
  for (const content of answer) {
    count += 1;
    yield JSON.stringify({ index: 0, content, tokens: [count], stop: false, tokens_predicted: count });
  }
  const counts = { tokens_predicted: count, tokens_evaluated: PROMPT_TOKENS, tokens_cached: PROMPT_TOKENS + count };
  yield JSON.stringify({ index: 0, content: "", stop: true, stop_type: "eos", ...counts, timings: timings(count) });
}

function* chatEvents(answer: Iterable<string>): Generator<string> {
  const chunk = (delta: object, finish: string | null = null) =>
    JSON.stringify({ id: "c", object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason: finish }] });
  let count = 0;
  yield chunk({ role: "assistant", content: null });
  for (const content of answer) {
    count += 1;
    yield chunk({ content });
  }
  yield chunk({}, "stop");
  const usage = { prompt_tokens: PROMPT_TOKENS, completion_tokens: count, total_tokens: PROMPT_TOKENS + count };
  yield JSON.stringify({ object: "chat.completion.chunk", choices: [], usage, timings: timings(count) });
  yield "[DONE]";
}

function timings(tokens: number) {
  return { cache_n: 0, prompt_n: PROMPT_TOKENS, prompt_ms: 10, predicted_n: tokens, predicted_ms: 10 };
}

async function readBody(request: IncomingMessage): Promise<Body> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
  return text === "" ? {} : (JSON.parse(text) as Body);
}
