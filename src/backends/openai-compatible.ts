import type OpenAI from "openai";
import type { Backend, BackendRequest, Delta, ServerInfo } from "../types/backend.ts";
import { HalterError } from "../types/error.ts";
import { createChatChunkReader } from "./chat-chunk.ts";
import { connectionError } from "./connection.ts";
import { serverError } from "./errors.ts";
import { asObject } from "./json.ts";
import { chatBody } from "./llama-chat.ts";
import { onceLoaded } from "./loading.ts";
import { askOpenAiServer, createWatchdog } from "./stall.ts";
import type { Transport } from "./transport.ts";
import { textOf } from "./transport.ts";
import { AFTER_FINISH, untilQuiet } from "./until-quiet.ts";

export interface OpenAiOptions {
  readonly transport: Transport;
  readonly info: ServerInfo;
  readonly now: () => number;
  readonly apiKey: string | undefined;
  readonly stallSeconds: number;
  readonly loadingSeconds: number;
}

/** The client's longest time-out that its 32-bit timer takes well, milliseconds (a day); 0 would time out at once. */
const DAY = 86_400_000;

/** Any other OpenAI-like endpoint, on the chat wire, through the `openai` package over our own transport. */
export function createOpenAiBackend(options: OpenAiOptions): Backend {
  const { transport, info, now } = options;
  let calls = 0;

  async function clientOver(fetch: (url: unknown, init?: RequestInit) => Promise<Response>): Promise<OpenAI> {
    const { OpenAI } = await import("openai");
    return new OpenAI({
      baseURL: `${transport.baseUrl}/v1`,
      apiKey: options.apiKey ?? "none",
      // Without these the client sends what it finds in the environment to the server.
      organization: null,
      project: null,
      maxRetries: 0,
      timeout: DAY,
      fetch,
    });
  }

  async function* generate(request: BackendRequest): AsyncGenerator<Delta> {
    if (request.input.type === "raw") {
      throw new HalterError("not_supported", `${transport.baseUrl} has no raw wire`, { hint: "Use --wire chat." });
    }
    const call = ++calls;
    const cancel = new AbortController();
    const signal = AbortSignal.any([request.signal, cancel.signal]);
    const body = chatBody(request, request.input, request.model ?? info.model);
    const chunks = createChatChunkReader();
    const watchdog = createWatchdog({
      silenceMs: options.stallSeconds * 1000,
      ask: () => askOpenAiServer(transport, signal),
      onDead: (error) => cancel.abort(error),
    });
    const { touch } = watchdog;
    try {
      signal.throwIfAborted();
      const client = await clientOver((_url, init) =>
        fetchOver(transport, { body: String(init?.body ?? ""), signal: init?.signal ?? signal, call, touch }),
      );
      const open = () =>
        client.chat.completions
          .create(body as unknown as OpenAI.ChatCompletionCreateParamsStreaming, { signal })
          .catch((cause: unknown) => {
            throw failure(cause, transport.baseUrl, signal);
          });
      const { loadingSeconds } = options;
      const loading = { transport, path: "/v1/models", now, loadingSeconds, signal, onWaiting: touch } as const;
      const stream = yield* onceLoaded(loading, open);
      const left = () => (chunks.finished ? Math.min(AFTER_FINISH, options.stallSeconds * 1000) : undefined);
      for await (const chunk of untilQuiet(stream, left)) yield* chunks.read(asObject(chunk) ?? {}, now());
      // The client ends an aborted stream as if it were whole.
      signal.throwIfAborted();
      yield* chunks.end(now());
    } catch (cause) {
      throw failure(cause, transport.baseUrl, signal);
    } finally {
      watchdog.stop();
      cancel.abort();
    }
  }

  return {
    info,
    generate,
    close: () => transport.close(),
  };
}

interface Sending {
  readonly body: string;
  readonly call: number;
  readonly signal: AbortSignal;
  /** Hears of every sign of life. */
  readonly touch: () => void;
}

/** The client's requests go through the transport, so that time limits, trace and cancelling are the same everywhere. */
async function fetchOver(transport: Transport, { body, call, signal, touch }: Sending): Promise<Response> {
  const answer = await transport.open({ method: "POST", path: "/v1/chat/completions", body, call, signal });
  touch();
  if (answer.status >= 400) throw serverError(answer.status, await textOf(answer.body));
  return new Response(ReadableStream.from(heard(answer.body, touch)), {
    status: answer.status,
    headers: { "content-type": answer.contentType },
  });
}

async function* heard(chunks: AsyncIterable<Uint8Array>, touch: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    touch();
    yield chunk;
  }
}

/** The client wraps what its fetch threw; errors inside the stream carry the server's body as `error`. */
function failure(cause: unknown, baseUrl: string, signal: AbortSignal): HalterError {
  if (signal.aborted) return connectionError(cause, baseUrl, signal);
  for (let at = cause, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    if (at instanceof HalterError) return at;
    const body = asObject((at as { error?: unknown }).error);
    if (body !== undefined) return serverError(undefined, JSON.stringify({ error: body }));
  }
  return connectionError(cause, baseUrl, signal);
}
