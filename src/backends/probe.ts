import type { ServerInfo } from "../types/backend.ts";
import { HalterError } from "../types/error.ts";
import { serverError } from "./errors.ts";
import type { JsonObject } from "./json.ts";
import { parseObject } from "./json.ts";
import { tellLoading } from "./loading.ts";
import { chooseModel } from "./model-choice.ts";
import {
  isLlamaProps,
  isRouterProps,
  type ListedModel,
  listedModels,
  llamaServerInfo,
  openAiInfo,
} from "./server-info.ts";
import type { Transport } from "./transport.ts";

export interface ProbeOptions {
  readonly model?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The longest that one question may take, milliseconds; without it and on a router, whose model may have to load, there is no limit. */
  readonly timeoutMs?: number;
  /** Hears what is waited for while a router loads the model. */
  readonly onWaiting?: ((detail: string) => void) | undefined;
}

/**
 * Asks an endpoint what it is. Throws `server_loading`, `unauthorized`, `model_required`, `model_not_found`,
 * `server_unreachable`, or `not_found` where something answers that is no model server.
 */
export async function probeEndpoint(transport: Transport, options: ProbeOptions): Promise<ServerInfo> {
  const [props, list] = await Promise.all([
    readObject(transport, "/props", options),
    readObject(transport, "/v1/models", options),
  ]);
  const models = listedModels(list);
  if (isLlamaProps(props)) return probeLlamaServer(transport, props, models ?? [], options);
  if (models === undefined) {
    throw new HalterError("not_found", `what answers at ${transport.baseUrl} is no model server`, {
      hint: "Give the server's address with --base-url (without /v1).",
    });
  }
  return openAiInfo(transport.baseUrl, models, chooseModel(transport.baseUrl, models, options.model));
}

/** The types of llama-server's errors while it loads or where the key is wrong. */
const OWN_ERRORS: readonly unknown[] = ["unavailable_error", "authentication_error", "permission_error"];

/**
 * Whether a model server answers there at all; a llama-server that loads or wants a key is one. Any web service may
 * answer 401 or 503, so the status alone does not count. Loads no model. Never throws.
 */
export async function isModelServer(transport: Transport, options: Omit<ProbeOptions, "model">): Promise<boolean> {
  try {
    if (isLlamaProps(await readObject(transport, "/props", options))) return true;
    return listedModels(await readObject(transport, "/v1/models", options)) !== undefined;
  } catch (error) {
    return error instanceof HalterError && OWN_ERRORS.includes(error.data.type);
  }
}

async function probeLlamaServer(
  transport: Transport,
  props: JsonObject,
  models: readonly ListedModel[],
  options: ProbeOptions,
): Promise<ServerInfo> {
  const { baseUrl } = transport;
  if (!isRouterProps(props)) return llamaServerInfo(baseUrl, props, models, undefined, false);
  const model = chooseModel(baseUrl, models, options.model);
  const path = `/props?model=${encodeURIComponent(model)}`;
  const own = await tellLoading(readObject(transport, path, { signal: options.signal }), options.onWaiting);
  return llamaServerInfo(baseUrl, own ?? props, models, model, true);
}

/** The JSON object at `path`; undefined where the route is missing or answers otherwise. Throws for what the user must know. */
async function readObject(transport: Transport, path: string, options: ProbeOptions): Promise<JsonObject | undefined> {
  const { signal, timeoutMs } = options;
  const answer = await transport.ask({
    method: "GET",
    path,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (answer.status === 200) return parseObject(answer.text);
  const error = serverError(answer.status, answer.text);
  if (["server_loading", "unauthorized", "model_not_found"].includes(error.code)) throw error;
  return undefined;
}
