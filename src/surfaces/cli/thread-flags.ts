import type { ThreadHeader } from "../../types/index.ts";
import { isLocalModel } from "./connect.ts";
import type { RunFlags } from "./run-flags.ts";
import type { Settings } from "./settings.ts";

/** The settings and flags that a resumed thread runs with. */
export interface ThreadChoice {
  readonly settings: Settings;
  readonly flags: RunFlags;
}

/**
 * Lays the flags of the command line over what the thread was begun with: its server, or the model that halter started
 * one for, and its thinking. The environment's server gives way to the thread's own.
 */
export async function layOverThread(header: ThreadHeader, settings: Settings, flags: RunFlags): Promise<ThreadChoice> {
  const { startedModel, baseUrl, model, thinking } = header;
  const own: RunFlags = { ...(thinking !== undefined && { thinking }), ...flags };
  if (flags.baseUrl || (flags.model && (await isLocalModel(flags.model)))) return { settings, flags: own };
  if (baseUrl) return { settings, flags: { baseUrl, model, ...own } };
  if (!startedModel || flags.model) return { settings, flags: own };
  return { settings: { ...settings, baseUrl: undefined }, flags: { ...own, model: startedModel } };
}
