import type { Usage } from "../types/backend.ts";
import { asNumber, asObject } from "./json.ts";

/** Token counts from llama-server's `timings`, else from the OpenAI `usage`, else zeros. */
export function usageOf(timings: unknown, usage: unknown): Usage {
  const times = asObject(timings);
  if (times !== undefined) {
    const cached = asNumber(times.cache_n) ?? 0;
    const promptPerSecond = asNumber(times.prompt_per_second);
    const outputPerSecond = asNumber(times.predicted_per_second);
    return {
      inputTokens: cached + (asNumber(times.prompt_n) ?? 0),
      cachedTokens: cached,
      outputTokens: asNumber(times.predicted_n) ?? 0,
      ...(promptPerSecond === undefined ? {} : { promptPerSecond }),
      ...(outputPerSecond === undefined ? {} : { outputPerSecond }),
    };
  }
  const counts = asObject(usage);
  return {
    inputTokens: asNumber(counts?.prompt_tokens) ?? 0,
    cachedTokens: asNumber(asObject(counts?.prompt_tokens_details)?.cached_tokens) ?? 0,
    outputTokens: asNumber(counts?.completion_tokens) ?? 0,
  };
}

/** A `progress` delta from llama-server's `prompt_progress`, or nothing where there is none. */
export function progressOf(value: unknown, at: number) {
  const progress = asObject(value);
  if (progress === undefined) return [];
  return [
    {
      type: "progress" as const,
      processed: asNumber(progress.processed) ?? 0,
      total: asNumber(progress.total) ?? 0,
      cached: asNumber(progress.cache) ?? 0,
      at,
    },
  ];
}
