export { findEngine } from "./engine/find.ts";
export { ensureServer } from "./ensure-server.ts";
export { isCatalogueName } from "./models/catalog.ts";
export { readGgufValues } from "./models/gguf.ts";
export type { GgufValue } from "./models/gguf-entries.ts";
export { listModels, pullModel, removeModel } from "./models/store.ts";
export type { ServerProgress } from "./progress.ts";
export type { ServerSettings, StartOptions } from "./settings.ts";
