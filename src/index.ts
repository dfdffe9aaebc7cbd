export * from "./agent/index.ts";
export { type ConnectOptions, createReplayBackend, createScriptedBackend, discover } from "./backends/index.ts";
export { learnFormat } from "./inspect/learn/format.ts";
export * from "./types/index.ts";
