export { type ConnectOptions, discover, probe } from "./discovery.ts";
export { createReplayBackend } from "./replay.ts";
export { createScriptedBackend } from "./scripted.ts";
