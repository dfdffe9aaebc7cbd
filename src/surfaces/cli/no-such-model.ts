import { stat } from "node:fs/promises";
import { listModels } from "../../servers/index.ts";
import { HalterError } from "../../types/error.ts";
import { serverSettings } from "./server-settings.ts";
import type { Settings } from "./settings.ts";

/** What `--model` names is neither here nor to be fetched, and no server runs that might have it; `cause` says where one was looked for. */
export async function noSuchModel(settings: Settings, model: string, cause: HalterError): Promise<HalterError> {
  const found = await stat(model).catch(() => undefined);
  const names = (await listModels(serverSettings(settings))).map(({ name }) => name).join(", ");
  const file = found?.isDirectory()
    ? `${model} is a folder and no GGUF file`
    : found
      ? `the name of the file ${model} does not end in .gguf`
      : "no GGUF file of that name";
  return new HalterError("model_not_found", `No model named ${model} in the catalogue, ${file}, and ${cause.message}`, {
    hint: `Give a .gguf file, or one of: ${names}`,
    cause,
  });
}
