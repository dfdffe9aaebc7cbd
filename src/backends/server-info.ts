import type { ServerInfo } from "../types/backend.ts";
import type { JsonObject } from "./json.ts";
import { asArray, asNumber, asObject, asText } from "./json.ts";

/** What `/v1/models` says of one model; `names` are its id and aliases. */
export interface ListedModel {
  readonly names: readonly string[];
  readonly contextTokens: number | undefined;
}

/** The models of a `/v1/models` answer; undefined where it is no such answer. */
export function listedModels(body: JsonObject | undefined): readonly ListedModel[] | undefined {
  if (!Array.isArray(body?.data)) return undefined;
  return asArray(body.data).flatMap((entry) => {
    const model = asObject(entry);
    const id = asText(model?.id);
    if (model === undefined || id === undefined) return [];
    const aliases = asArray(model.aliases).flatMap((alias) => asText(alias) ?? []);
    const contextTokens =
      asNumber(asObject(model.meta)?.n_ctx) ??
      asNumber(model.max_model_len) ??
      asNumber(model.context_length) ??
      asNumber(model.loaded_context_length);
    return [{ names: [...new Set([id, ...aliases])], contextTokens }];
  });
}

/** A model that was started without a name goes by its file's path: the file's name says enough. */
function shortName(name: string): string {
  return name.endsWith(".gguf") ? name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1) : name;
}

/** True for the `/props` of a llama-server, router or not. */
export function isLlamaProps(props: JsonObject | undefined): props is JsonObject {
  return asObject(props?.default_generation_settings) !== undefined;
}

export function isRouterProps(props: JsonObject): boolean {
  return props.role === "router";
}

/** llama-server's facts from `/props` and the models it lists. `model` is the name to send. */
export function llamaServerInfo(
  baseUrl: string,
  props: JsonObject,
  models: readonly ListedModel[],
  model: string | undefined,
  isRouter: boolean,
): ServerInfo {
  const settings = asObject(props.default_generation_settings) ?? {};
  const caps = Object.entries(asObject(props.chat_template_caps) ?? {});
  const contextTokens = asNumber(settings.n_ctx) ?? models[0]?.contextTokens;
  return {
    kind: "llama-server",
    baseUrl,
    model:
      model ?? shortName(asText(props.model_alias) ?? models[0]?.names[0] ?? asText(props.model_path) ?? "unknown"),
    aliases: isRouter ? [] : [...models.flatMap(({ names }) => names), asText(props.model_path) ?? []].flat(),
    models: models.map(({ names }) => (isRouter ? names[0]! : shortName(names[0]!))),
    contextTokens: contextTokens === 0 ? undefined : contextTokens,
    slots: asNumber(props.total_slots),
    chatTemplate: asText(props.chat_template),
    bosToken: asText(props.bos_token),
    eosToken: asText(props.eos_token),
    caps: Object.fromEntries(caps.filter((cap): cap is [string, boolean] => typeof cap[1] === "boolean")),
    build: asText(props.build_info),
    architecture: undefined,
    defaults: asObject(settings.params) ?? {},
    isRouter,
    wires: ["raw", "chat"],
  };
}

/** What any other endpoint tells: its models. */
export function openAiInfo(baseUrl: string, models: readonly ListedModel[], model: string): ServerInfo {
  return {
    kind: "openai-compatible",
    baseUrl,
    model,
    models: models.map(({ names }) => names[0]!),
    contextTokens: models.find(({ names }) => names.includes(model))?.contextTokens,
    slots: undefined,
    chatTemplate: undefined,
    bosToken: undefined,
    eosToken: undefined,
    caps: {},
    build: undefined,
    architecture: undefined,
    defaults: {},
    isRouter: false,
    wires: ["chat"],
  };
}
