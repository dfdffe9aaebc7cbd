import type { ModelProfile, Sampling } from "../types/index.ts";
import type { Thinking } from "./options.ts";

/** Sampling of the model's vendor with the user's values over it; thinking may have values of its own. */
export function samplingOf(profile: ModelProfile, thinking: Thinking | undefined, own: Sampling): Sampling {
  const isThinking = thinking === undefined ? profile.thinking.default === "on" : thinking !== "off" && thinking !== 0;
  const vendor = isThinking && profile.samplingThinking ? profile.samplingThinking : profile.sampling;
  const budget = typeof thinking === "number" ? { reasoning_budget_tokens: thinking } : {};
  return { ...vendor, ...budget, ...own };
}

/** Template variables that set thinking as asked, and keep earlier reasoning where the template can. */
export function kwargsOf(profile: ModelProfile, thinking: Thinking | undefined): Record<string, unknown> {
  const { kwarg, on, off, preserve } = profile.thinking;
  const kwargs: Record<string, unknown> = { ...preserve };
  if (!kwarg || thinking === undefined) return kwargs;
  const value = thinking === "off" || thinking === 0 ? off : on;
  if (value !== undefined) kwargs[kwarg] = value;
  return kwargs;
}

/** Warm enough to leave a path that a small model is sure of: at 0.3 the 1.5B gave the same failed call ten times. */
const WARMER = 0.7;

/** The same request again would give the same answer: a retry is warmer and has another seed. */
export function varied(sampling: Sampling): Sampling {
  return {
    ...sampling,
    temperature: Math.max(WARMER, Number(sampling.temperature ?? 0)),
    seed: (Number(sampling.seed ?? 0) + 1) % 2 ** 31,
  };
}
