import { HalterError } from "../../types/error.ts";
import type { HubSource } from "./catalog-schema.ts";

const HUB = "https://huggingface.co";
const CONNECT_LIMIT = 5_000;
/** Milliseconds without a byte after which a download counts as cut. */
const SILENCE_LIMIT = 60_000;

/** The bytes of a file on the model hub from an offset, in one request. `origin` is another place with the same paths. */
export async function* hubBytes(
  source: HubSource,
  total: number,
  offset: number,
  signal: AbortSignal,
  origin: string = HUB,
): AsyncGenerator<Uint8Array> {
  const { Agent, interceptors, request } = await import("undici");
  const agent = new Agent({ connect: { timeout: CONNECT_LIMIT }, headersTimeout: 30_000, bodyTimeout: SILENCE_LIMIT });
  const url = `${origin}/${source.repo}/resolve/${source.revision}/${encodeURIComponent(source.file)}`;
  try {
    const { statusCode, headers, body } = await request(url, {
      dispatcher: agent.compose(interceptors.redirect({ maxRedirections: 5 })),
      headers: offset > 0 ? { range: `bytes=${offset}-` } : {},
      signal,
    });
    const expected = offset > 0 ? 206 : 200;
    if (statusCode !== expected) throw new Error(`it answered ${statusCode} instead of ${expected}`);
    const length = Number(headers["content-length"] ?? total - offset);
    if (length !== total - offset) throw new Error(`it offers ${length} bytes instead of ${total - offset}`);
    yield* body as AsyncIterable<Uint8Array>;
  } catch (error) {
    signal.throwIfAborted();
    const reason = error instanceof Error ? error.message || error.name : String(error);
    throw new HalterError("download_failed", `The model hub cannot be used: ${reason}`, { cause: error });
  } finally {
    await agent.destroy();
  }
}
