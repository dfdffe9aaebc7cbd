import type { Delta } from "../types/backend.ts";
import { serverError } from "./errors.ts";
import { createSseReader } from "./sse.ts";
import { AFTER_FINISH, untilQuiet } from "./until-quiet.ts";

/** Turns the JSON texts of one streamed answer into deltas. */
export interface AnswerDecoder {
  /** Throws `HalterError` for an error the server streams. */
  read(data: string, at: number): readonly Delta[];
  /** True once the server has said why the answer ended: little follows, and none of it is needed. */
  readonly finished: boolean;
  /** True once the last event was read; what follows it is not waited for. */
  readonly over: boolean;
  /** The stream is over; throws `stream_cut` where the server had not finished. */
  end(at: number): readonly Delta[];
}

/**
 * The deltas in a stream of bytes. `now` gives the time of each chunk; `onBytes` hears of every sign of life, pings too. A finished answer is over
 * after `quietMs` without an event.
 */
export async function* deltasOf(
  chunks: AsyncIterable<Uint8Array>,
  decoder: AnswerDecoder,
  now: () => number,
  onBytes?: () => void,
  quietMs: number = AFTER_FINISH,
): AsyncGenerator<Delta> {
  const reader = createSseReader();
  let readAt = 0;
  for await (const chunk of untilQuiet(chunks, () => (decoder.finished ? readAt + quietMs - now() : undefined))) {
    onBytes?.();
    const at = now();
    for (const event of reader.push(chunk)) {
      if (event.type === "comment") continue;
      if (event.type === "error") throw serverError(undefined, event.text);
      yield* decoder.read(event.text, at);
      readAt = now();
    }
    if (decoder.over) break;
  }
  const at = now();
  for (const event of reader.end()) if (event.type === "data") yield* decoder.read(event.text, at);
  yield* decoder.end(at);
}
