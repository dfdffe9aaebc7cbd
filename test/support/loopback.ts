import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { type ChatBody, LOOPBACK_TEMPLATE, renderChat } from "./loopback-template.ts";
import { createToyVocabulary, type ToyVocabularyOptions } from "./loopback-vocabulary.ts";
import { eventsOf, type LoopbackAnswer } from "./loopback-wire.ts";

export { type LoopbackAnswer, overflowAnswer } from "./loopback-wire.ts";
export { LOOPBACK_TEMPLATE };

/** The fields of a request body that tests look at. */
export interface LoopbackBody extends ChatBody {
  /** As text, also where it came as ids. */
  readonly prompt?: string;
  /** The ids of a prompt that came as ids. */
  readonly promptIds?: readonly number[];
  readonly content?: string | readonly (string | number)[];
  readonly parse_special?: boolean;
  readonly add_special?: boolean;
  readonly with_pieces?: boolean;
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
  readonly [field: string]: unknown;
}

/** A request as the server saw it. */
export interface LoopbackRequest {
  readonly method: string;
  /** With query. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  /** Parsed JSON, empty for GET. */
  readonly body: LoopbackBody;
  /** Milliseconds from the first request until the client closed the socket before the answer was whole. */
  closedAt: number | undefined;
}

export interface LoopbackOptions {
  /** For generation requests on either wire, in order; a function is asked each time (number from 1). */
  readonly answers?: readonly LoopbackAnswer[] | ((request: LoopbackRequest, number: number) => LoopbackAnswer);
  /** `openai`: no route but `/v1/models` and `/v1/chat/completions`. */
  readonly kind?: "llama-server" | "openai";
  readonly chatTemplate?: string;
  readonly contextTokens?: number;
  readonly model?: string;
  /** Every request without it gets a 401, `/health` aside. */
  readonly apiKey?: string;
  /** So many requests of any kind get 503 "Loading model" first. */
  readonly loading?: number;
  /** JSON answers for a path (with its query or for any), in place of the built-in ones, after a pause; `null` makes it a 404. */
  readonly routes?: Readonly<Record<string, { status?: number; json: unknown; delayMs?: number } | null>>;
  /** What `/slots` says in place of the truth. */
  readonly slotsWorking?: number;
  readonly port?: number;
  readonly vocabulary?: ToyVocabularyOptions;
  /** What `/props` says; none by default. */
  readonly bosToken?: string;
}

export interface Loopback {
  readonly baseUrl: string;
  readonly port: number;
  readonly requests: readonly LoopbackRequest[];
  /** Requests to the generation routes alone. */
  generations(): readonly LoopbackRequest[];
  /** Answers that nobody asked for yet. */
  unused(): number;
  /** 503 answers still to come; may be set while it runs. `Infinity` is for ever. */
  loading: number;
  /** Takes no new connections; those that are open stay. */
  refuse(): void;
  close(): Promise<void>;
}

const GENERATION = /^\/(completion|v1\/chat\/completions)$/;
const LOADING = { error: { message: "Loading model", type: "unavailable_error", code: 503 } };
const NOT_FOUND = { error: { message: "File Not Found", type: "not_found_error", code: 404 } };
const BAD_KEY = { error: { message: "Invalid API Key", type: "authentication_error", code: 401 } };

/** Starts a server on 127.0.0.1 that behaves like llama-server, with scripted generation. */
export async function startLoopback(options: LoopbackOptions = {}): Promise<Loopback> {
  const { answers = [], kind = "llama-server", contextTokens = 32_768, model = "loopback" } = options;
  const chatTemplate = options.chatTemplate ?? LOOPBACK_TEMPLATE;
  const vocabulary = createToyVocabulary(options.vocabulary);
  const requests: LoopbackRequest[] = [];
  const stop = new AbortController();
  let generated = 0;
  let working = 0;
  let began: number | undefined;

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      if (!stop.signal.aborted && !response.destroyed) response.destroy(error as Error);
    });
  });

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    began ??= performance.now();
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    const body = withText((text === "" ? {} : JSON.parse(text)) as LoopbackBody);
    const { method = "GET", url: path = "/", headers } = incoming;
    const request: LoopbackRequest = { method, path, headers, body, closedAt: undefined };
    requests.push(request);
    response.on("close", () => {
      if (!response.writableFinished) request.closedAt = performance.now() - began!;
    });
    const route = path.replace(/\?.*$/, "");
    if (loopback.loading > 0) {
      loopback.loading--;
      return sendJson(response, 503, LOADING);
    }
    const key = options.apiKey;
    if (key !== undefined && route !== "/health" && headers.authorization !== `Bearer ${key}`) {
      return sendJson(response, 401, BAD_KEY);
    }
    const own = options.routes?.[path] ?? options.routes?.[route];
    if (own?.delayMs !== undefined) await pause(own.delayMs);
    if (own !== undefined)
      return own === null ? sendJson(response, 404, NOT_FOUND) : sendJson(response, own.status ?? 200, own.json);
    if (GENERATION.test(route)) return generate(request, response, route === "/completion" ? "raw" : "chat");
    const json = builtIn(route, body);
    return json === undefined ? sendJson(response, 404, NOT_FOUND) : sendJson(response, 200, json);
  }

  /** Tests read prompts as text. */
  function withText(body: LoopbackBody): LoopbackBody {
    const prompt: unknown = body.prompt;
    if (!Array.isArray(prompt)) return body;
    return { ...body, prompt: vocabulary.text(prompt as number[]), promptIds: prompt as number[] };
  }

  function builtIn(route: string, body: LoopbackBody): unknown {
    if (route === "/v1/models")
      return {
        object: "list",
        data: [{ id: model, object: "model", ...(kind === "openai" ? {} : { meta: { n_ctx: contextTokens } }) }],
      };
    if (kind === "openai") return undefined;
    if (route === "/health") return { status: "ok" };
    if (route === "/slots") {
      return [{ id: 0, n_ctx: contextTokens, is_processing: (options.slotsWorking ?? working) > 0 }];
    }
    if (route === "/apply-template") return { prompt: renderChat(chatTemplate, body) };
    if (route === "/tokenize") return { tokens: vocabulary.answer(body) };
    if (route !== "/props") return undefined;
    return {
      default_generation_settings: { n_ctx: contextTokens, params: { temperature: 0.8, top_k: 40 } },
      total_slots: 1,
      model_alias: model,
      chat_template: chatTemplate,
      chat_template_caps: { supports_tools: true, supports_tool_calls: true, supports_object_arguments: true },
      bos_token: options.bosToken ?? "",
      eos_token: "<|im_end|>",
      build_info: "b11549-loopback",
    };
  }

  async function generate(request: LoopbackRequest, response: ServerResponse, wire: "raw" | "chat"): Promise<void> {
    const number = ++generated;
    const answer = typeof answers === "function" ? answers(request, number) : answers[number - 1];
    if (answer === undefined) {
      const message = `request ${number} came, but ${answers.length} answers are scripted`;
      return sendJson(response, 400, { error: { code: 400, message, type: "invalid_request_error" } });
    }
    if (answer.headerDelayMs !== undefined) await pause(answer.headerDelayMs);
    if (answer.status !== undefined) return sendJson(response, answer.status, answer.json);
    working++;
    try {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.flushHeaders();
      await stream(answer, response, wire, request.body);
    } finally {
      working--;
    }
  }

  async function stream(
    answer: LoopbackAnswer,
    response: ServerResponse,
    wire: "raw" | "chat",
    body: LoopbackBody,
  ): Promise<void> {
    if (answer.bytes !== undefined) {
      const { bytes, bytesPerWrite = bytes.length } = answer;
      for (let at = 0; at < bytes.length; at += bytesPerWrite)
        await write(response, bytes.subarray(at, at + bytesPerWrite));
      response.end();
      return;
    }
    const { text, end } = eventsOf(answer, wire, body.return_tokens === true ? vocabulary : undefined);
    for (const [index, event] of text.entries()) {
      if (index === answer.cutAfter) break;
      if (answer.delayMs !== undefined) await pause(answer.delayMs);
      if (response.destroyed) return;
      await write(response, event);
    }
    if (answer.cutAfter !== undefined || answer.afterFinish === "cut") return void response.destroy();
    while ((answer.hang || answer.afterFinish !== undefined) && !response.destroyed) {
      await pause(answer.pingMs ?? 20);
      if (answer.pingMs !== undefined && !response.destroyed) await write(response, ":\n\n");
    }
    for (const event of end) await write(response, event);
    response.end();
  }

  const pause = (ms: number) => delay(ms, undefined, { signal: stop.signal });

  const loopback: Loopback = {
    baseUrl: "",
    port: 0,
    requests,
    generations: () => requests.filter(({ path }) => GENERATION.test(path)),
    unused: () => (typeof answers === "function" ? 0 : Math.max(0, answers.length - generated)),
    loading: options.loading ?? 0,
    refuse: () => void server.close(),
    async close() {
      stop.abort();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return Object.assign(loopback, { port, baseUrl: `http://127.0.0.1:${port}` });
}

function sendJson(response: ServerResponse, status: number, json: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(json));
}

/** One network write for each call, so that the client sees the pieces as they were cut. */
async function write(response: ServerResponse, data: string | Uint8Array): Promise<void> {
  await new Promise<void>((resolve) => {
    response.write(data, () => resolve());
  });
  await delay(0);
}
