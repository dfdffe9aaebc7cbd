import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { createCommandRunner } from "../../../tools/index.ts";
import type { Settings } from "../settings.ts";

/** Unified diff of two folders of small text files; empty where they are the same. */
export async function diffOfFolders(before: string, after: string): Promise<string> {
  const { createTwoFilesPatch } = await import("diff");
  const names = new Set([...(await filesOf(before)), ...(await filesOf(after))]);
  let text = "";
  for (const name of [...names].sort()) {
    const [old, current] = await Promise.all(
      [before, after].map((folder) => readFile(path.join(folder, name), "utf8").catch(() => "")),
    );
    if (old !== current)
      text += createTwoFilesPatch(`a/${name}`, `b/${name}`, old ?? "", current ?? "", undefined, undefined, {
        context: 2,
      });
  }
  return text;
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

/** Whether the repository's own tests pass, run as the agent would run them. */
export async function passesTests(settings: Settings, workspace: string): Promise<boolean> {
  const runner = await createCommandRunner({
    workspace,
    sandbox: "auto",
    allowedPrefixes: ["npm test"],
    env: settings.env,
    forbidden: [],
  });
  const result = await runner.run("npm test", { timeoutMs: 60_000, signal: AbortSignal.timeout(60_000) });
  return result.exitCode === 0;
}
