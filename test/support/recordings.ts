import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const folder = path.join(import.meta.dirname, "..", "..", "fixtures", "llama-server");
const names = readdirSync(folder).sort();

/** Names of the recorded streams, without `.sse`. */
export const streams = names.filter((name) => name.endsWith(".sse")).map((name) => name.slice(0, -4));

/** Names of the recorded error bodies, without `.json`. */
export const errors = names
  .filter((name) => name.endsWith(".json") && readFileSync(path.join(folder, name), "utf8").startsWith('{"error"'))
  .map((name) => name.slice(0, -5));

export function recordedBytes(name: string): Uint8Array {
  return readFileSync(path.join(folder, `${name}.sse`));
}

export function recordedText(name: string): string {
  return readFileSync(path.join(folder, `${name}.json`), "utf8");
}

/** Parsed, undefined where there is none. */
// biome-ignore lint/suspicious/noExplicitAny: recorded bodies have every shape
export function recordedJson(name: string): any {
  return names.includes(`${name}.json`) ? JSON.parse(recordedText(name)) : undefined;
}
