import type { ServerSettings } from "../../servers/index.ts";
import type { Settings } from "./settings.ts";

/** The part of the settings that engines and models need. */
export function serverSettings(settings: Settings): ServerSettings {
  return {
    cacheDir: settings.cacheDir,
    stateDir: settings.stateDir,
    pathEnv: settings.pathEnv,
    ...(settings.llamaServer && { llamaServer: settings.llamaServer }),
    ...(settings.modelSources && { modelSources: settings.modelSources }),
  };
}
