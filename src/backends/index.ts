export { type ConnectOptions, discover, probe } from "./discovery.ts";
export { createReplayBackend } from "./replay.ts";
export { createScriptedBackend, type ScriptedAnswer, type ScriptedBackend, type ScriptedOptions } from "./scripted.ts";
