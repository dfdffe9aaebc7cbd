import type { Backend, OnTrace, ServerInfo } from "../types/backend.ts";
import { HalterError } from "../types/error.ts";
import { cancelled, connectionError } from "./connection.ts";
import { createLlamaServerBackend } from "./llama-server.ts";
import { askLoaded } from "./loading.ts";
import { createOpenAiBackend } from "./openai-compatible.ts";
import { isModelServer, probeEndpoint } from "./probe.ts";
import type { Transport } from "./transport.ts";
import { createTransport } from "./transport.ts";

export interface ConnectOptions {
  /** The one endpoint to use, with or without `/v1`; without it the usual local ports are asked. */
  readonly baseUrl?: string;
  readonly apiKey?: string;
  /** Which of several models; a llama-server with one model ignores it. */
  readonly model?: string;
  readonly onTrace?: OnTrace;
  /** Milliseconds on the caller's clock, for deltas and trace. */
  readonly now: () => number;
  readonly signal?: AbortSignal | undefined;
  /** Silence after which the server is asked whether it still works; 60 by default, twice llama-server's ping interval. */
  readonly stallSeconds?: number;
  /** How long a model may load; 600 by default. */
  readonly loadingSeconds?: number;
  /** Hears what is waited for while connecting. */
  readonly onWaiting?: (detail: string) => void;
  /** Asked when a connection is lost or none comes about: why the server ended, where whoever started it knows. */
  readonly crash?: () => Promise<HalterError | undefined>;
  /** Loopback ports asked in this order where no `baseUrl` is given. */
  readonly ports?: readonly number[];
}

/** llama-server today, llama-server as announced, Ollama, LM Studio, vLLM. */
const PORTS = [8080, 9931, 11434, 1234, 8000];

/** An endpoint given by the user may be far away or busy; a port of this machine answers at once or not. Milliseconds. */
const GIVEN_TIMEOUT = 30_000;
const LOCAL_TIMEOUT = 2_000;

/**
 * The backend of `baseUrl`, or of the first local port behind which a model server answers. Waits while its model loads.
 * Throws `server_unreachable` with what was tried, `unauthorized`, `model_required`, `model_not_found`, `server_loading`,
 * and `usage` for a `baseUrl` that is no address or an `apiKey` that no header can carry.
 */
export async function discover(options: ConnectOptions): Promise<Backend> {
  const transport = await findEndpoint(options);
  try {
    return backendOf(transport, await probeLoaded(transport, options), options);
  } catch (cause) {
    await transport.close();
    throw connectionError(cause, transport.baseUrl, options.signal);
  }
}

/** The same look at the server without a backend and without waiting: a model that loads is `server_loading`. */
export async function probe(options: ConnectOptions): Promise<ServerInfo> {
  const transport = await findEndpoint(options);
  try {
    return await probeEndpoint(transport, { ...options, timeoutMs: GIVEN_TIMEOUT });
  } finally {
    await transport.close();
  }
}

async function findEndpoint(options: ConnectOptions): Promise<Transport> {
  const { baseUrl, apiKey, ports = PORTS } = options;
  if (apiKey !== undefined && !HEADER_TEXT.test(apiKey)) throw badKey();
  if (baseUrl !== undefined) return createTransport({ ...options, baseUrl: plainUrl(baseUrl) });
  const transports = ports.map((port) => createTransport({ ...options, baseUrl: `http://127.0.0.1:${port}` }));
  const looks = transports.map((transport) =>
    isModelServer(transport, { signal: options.signal, timeoutMs: LOCAL_TIMEOUT }),
  );
  let found: Transport | undefined;
  for (const [index, look] of looks.entries()) {
    if (found === undefined && (await look)) found = transports[index];
  }
  await Promise.all(transports.filter((transport) => transport !== found).map((transport) => transport.close()));
  if (options.signal?.aborted) throw cancelled(options.signal.reason);
  if (found !== undefined) return found;
  throw new HalterError("server_unreachable", `no model server found; tried 127.0.0.1 ports ${ports.join(", ")}`, {
    hint: "Start llama-server, give its address with --base-url, or let `halter run --model NAME` start one.",
    data: { tried: ports },
  });
}

async function probeLoaded(transport: Transport, options: ConnectOptions): Promise<ServerInfo> {
  const { now, loadingSeconds = 600, onWaiting, signal } = options;
  return askLoaded({ transport, path: "/health", now, loadingSeconds, signal, onWaiting }, () =>
    probeEndpoint(transport, { ...options, timeoutMs: GIVEN_TIMEOUT }),
  );
}

function backendOf(transport: Transport, info: ServerInfo, options: ConnectOptions): Backend {
  const { now, apiKey, stallSeconds = 60, loadingSeconds = 600 } = options;
  const create = info.kind === "llama-server" ? createLlamaServerBackend : createOpenAiBackend;
  const backend: Backend = {
    ...create({ transport, info, now, apiKey, stallSeconds, loadingSeconds }),
    async refresh(signal) {
      const found = await probeLoaded(transport, { ...options, signal: signal ?? options.signal });
      const isSame = IDENTITY.every((field) => found[field] === info[field]);
      return isSame ? backend : backendOf(transport, found, options);
    },
  };
  return backend;
}

/** What makes a server another one for a thread. */
const IDENTITY = ["kind", "model", "chatTemplate", "contextTokens"] as const satisfies readonly (keyof ServerInfo)[];

/** What a header can carry. */
const HEADER_TEXT = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Does not repeat the key. */
function badKey(): HalterError {
  return new HalterError("usage", "the API key holds a line break or another character that cannot be sent", {
    hint: "Give --api-key (or HALTER_API_KEY) the key alone: letters, digits and signs on one line.",
  });
}

/** The address as the transport wants it; throws `usage` where it is none, and never repeats a password. */
function plainUrl(baseUrl: string): string {
  const url = baseUrl.includes("://") ? baseUrl : `http://${baseUrl}`;
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined ? url.includes("@") : parsed.username + parsed.password !== "") {
    throw new HalterError("usage", "the base URL holds a user name or a password", {
      hint: "Leave out what stands before the @; give the server's key with --api-key or HALTER_API_KEY.",
    });
  }
  if (parsed === undefined || !["http:", "https:"].includes(parsed.protocol)) {
    throw new HalterError("usage", `not a base URL: ${baseUrl}`, {
      hint: "Give --base-url (or HALTER_BASE_URL) like http://127.0.0.1:8080.",
    });
  }
  return url.replace(/\/+$/, "").replace(/\/v1$/, "");
}
