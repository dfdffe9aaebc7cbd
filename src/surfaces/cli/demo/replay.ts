import { readFile } from "node:fs/promises";
import path from "node:path";
import { createReplayBackend } from "../../../backends/index.ts";
import { readTrace } from "../../../trace/index.ts";
import type { ServerInfo } from "../../../types/index.ts";
import type { Connection } from "../connect.ts";

/** A backend that says what a model said when `folder` was recorded: `info.json` and `trace.jsonl`. */
export async function connectReplay(folder: string): Promise<Connection> {
  const info = JSON.parse(await readFile(path.join(folder, "info.json"), "utf8")) as ServerInfo;
  const backend = createReplayBackend(await readTrace(path.join(folder, "trace.jsonl")), info);
  return { backend, release: async () => {} };
}
