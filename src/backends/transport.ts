import { isUtf8 } from "node:buffer";
import type { Agent } from "undici";
import type { OnTrace } from "../types/backend.ts";
import type { HalterError } from "../types/error.ts";
import type { TraceRecord } from "../types/trace.ts";
import { connectionError, unanswered } from "./connection.ts";
import { type HttpClient, loadHttpClient } from "./http-client.ts";

/** One HTTP question. `call` numbers model calls from 1; questions beside them are 0. */
export interface Question {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** JSON text. */
  readonly body?: string;
  readonly signal?: AbortSignal;
  readonly call?: number;
}

/** An answer whose body is still coming; leaving the loop over `body` closes the socket. */
export interface OpenAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: AsyncIterable<Uint8Array>;
}

export interface WholeAnswer {
  readonly status: number;
  readonly text: string;
}

/**
 * Sends to one endpoint, each question once and on a connection of its own, so that no stale socket can fail it.
 * No time limit but those asked for. Both methods throw `HalterError` (`server_unreachable`, `stream_cut`, `cancelled`, a crash).
 */
export interface Transport {
  readonly baseUrl: string;
  open(question: Question): Promise<OpenAnswer>;
  /** The whole answer; after `timeoutMs` it fails with `server_stalled`. */
  ask(question: Question & { readonly timeoutMs?: number }): Promise<WholeAnswer>;
  close(): Promise<void>;
}

export interface TransportOptions {
  /** Without a trailing slash and without `/v1`. */
  readonly baseUrl: string;
  readonly apiKey?: string | undefined;
  readonly now: () => number;
  readonly onTrace?: OnTrace | undefined;
  /** Asked when a connection is lost or none comes about; what it gives is thrown in place of that. */
  readonly crash?: (() => Promise<HalterError | undefined>) | undefined;
}

/** The longest that a connection may take to come about, milliseconds. */
const CONNECT_TIMEOUT = 10_000;

/** Node's timers hold 31 bits of milliseconds. */
const LONGEST_TIMER = 2_147_483_647;

export function createTransport(options: TransportOptions): Transport {
  const { baseUrl, apiKey, now, onTrace, crash } = options;
  const headers = {
    "content-type": "application/json",
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
  };
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/$/, "");
  let client: HttpClient | undefined;
  let agent: Agent | undefined;

  async function open(question: Question, trace: OnTrace | undefined = onTrace): Promise<OpenAnswer> {
    client ??= await loadHttpClient();
    agent ??= new client.Agent({
      headersTimeout: 0,
      bodyTimeout: 0,
      pipelining: 0,
      connect: { timeout: CONNECT_TIMEOUT },
    });
    const { method, path, body, signal, call = 0 } = question;
    trace?.({ type: "request", call, at: now(), method, path, body: body ?? "" });
    try {
      signal?.throwIfAborted();
      const answer = await client.request.call(agent, {
        origin,
        path: prefix + path,
        method,
        headers,
        ...(body === undefined ? {} : { body }),
        ...(signal === undefined ? {} : { signal }),
      });
      trace?.({ type: "response", call, at: now(), status: answer.statusCode });
      return {
        status: answer.statusCode,
        contentType: String(answer.headers["content-type"] ?? ""),
        body: bytesOf(answer.body, call, signal, trace),
      };
    } catch (cause) {
      const error = await failureOf(cause, signal);
      trace?.({ type: "end", call, at: now(), error: error.message });
      throw error;
    }
  }

  async function* bytesOf(chunks: AsyncIterable<Uint8Array>, call: number, signal?: AbortSignal, trace?: OnTrace) {
    let error: Error | undefined;
    try {
      for await (const chunk of chunks) {
        trace?.({ type: "bytes", call, at: now(), ...encode(chunk) });
        yield chunk;
      }
    } catch (cause) {
      error = await failureOf(cause, signal);
      throw error;
    } finally {
      trace?.({ type: "end", call, at: now(), ...(error === undefined ? {} : { error: error.message }) });
    }
  }

  async function failureOf(cause: unknown, signal: AbortSignal | undefined): Promise<HalterError> {
    const error = connectionError(cause, baseUrl, signal);
    const isLost = error.code === "stream_cut" || error.code === "server_unreachable";
    return (isLost ? await crash?.() : undefined) ?? error;
  }

  return {
    baseUrl,
    open: (question) => open(question),
    async ask({ timeoutMs = LONGEST_TIMER, ...question }) {
      // Questions beside each other must not mix in the trace, so the records of each go out together.
      const records: TraceRecord[] = [];
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(unanswered(baseUrl)), Math.min(timeoutMs, LONGEST_TIMER));
      const signal = question.signal === undefined ? late.signal : AbortSignal.any([question.signal, late.signal]);
      try {
        const answer = await open({ ...question, signal }, (record) => records.push(record));
        return { status: answer.status, text: await textOf(answer.body) };
      } finally {
        clearTimeout(timer);
        for (const record of records) onTrace?.(record);
      }
    },
    async close() {
      await agent?.destroy();
      agent = undefined;
    },
  };
}

/** The whole of `chunks` as text. */
export async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

function encode(chunk: Uint8Array): { data: string; encoding: "utf8" | "base64" } {
  const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  return isUtf8(buffer)
    ? { data: buffer.toString("utf8"), encoding: "utf8" }
    : { data: buffer.toString("base64"), encoding: "base64" };
}
