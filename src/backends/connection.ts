import { HalterError } from "../types/error.ts";

/** Codes of Node and undici for a connection that never came about. */
const NOT_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** What a failed exchange means: a `HalterError` as it is, an abort with its reason, else unreachable or cut. */
export function connectionError(cause: unknown, baseUrl: string, signal?: AbortSignal): HalterError {
  if (signal?.aborted) return signal.reason instanceof HalterError ? signal.reason : cancelled(signal.reason);
  if (cause instanceof HalterError) return cause;
  const code = codeOf(cause);
  if (code !== undefined && NOT_CONNECTED.has(code)) return unreachable(baseUrl, cause);
  return streamCut(`the connection to ${baseUrl} broke off (${code ?? String(cause)})`, cause);
}

/** Nothing listens at `baseUrl`, or it cannot be reached. */
export function unreachable(baseUrl: string, cause?: unknown): HalterError {
  return new HalterError("server_unreachable", `no server answers at ${baseUrl}`, {
    hint: "Start llama-server, or give its address with --base-url; `halter run --model NAME` starts one.",
    cause,
  });
}

/** The answer ended before the server said that it was finished. */
export function streamCut(message: string, cause?: unknown): HalterError {
  return new HalterError("stream_cut", message, {
    hint: "The answer is incomplete; the same step can be run again. If it comes again, look at the server's log.",
    cause,
  });
}

/** A question was not answered in its time. */
export function unanswered(baseUrl: string): HalterError {
  return new HalterError("server_stalled", `${baseUrl} did not answer in time`, {
    hint: "The server may be overloaded or hang: look at its log, or restart it.",
  });
}

/** The caller's signal was raised. */
export function cancelled(cause?: unknown): HalterError {
  return new HalterError("cancelled", "the request was cancelled", { cause });
}

function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    const code = (at as NodeJS.ErrnoException).code;
    if (typeof code === "string" && code !== "") return code;
  }
  return undefined;
}
