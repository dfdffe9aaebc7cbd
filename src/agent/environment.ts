import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { INSTRUCTION_BYTES, type ProjectInstructions } from "../context/index.ts";
import { firstFiles } from "../tools/index.ts";

/** Names listed of the workspace, so that a small model does not have to guess paths. */
const LISTED_FILES = 60;

/**
 * The project's own instructions: AGENTS.md of every folder from the git root down to the workspace, an
 * AGENTS.override.md in place of the AGENTS.md beside it. Over 32 KiB the most general are cut first.
 */
export async function readInstructions(workspace: string): Promise<ProjectInstructions[]> {
  const root = await gitRoot(workspace);
  const found: ProjectInstructions[] = [];
  for (const folder of foldersBetween(root, workspace)) {
    for (const name of ["AGENTS.override.md", "AGENTS.md"]) {
      const text = await readFile(path.join(folder, name), "utf8").catch(() => "");
      if (text.trim() === "") continue;
      found.push({ path: path.relative(root, path.join(folder, name)), text });
      break;
    }
  }
  return withinBytes(found, INSTRUCTION_BYTES);
}

async function gitRoot(workspace: string): Promise<string> {
  for (let folder = workspace; ; folder = path.dirname(folder)) {
    if (await stat(path.join(folder, ".git")).catch(() => undefined)) return folder;
    if (path.dirname(folder) === folder) return workspace;
  }
}

function foldersBetween(root: string, workspace: string): string[] {
  const names = path.relative(root, workspace).split(path.sep).filter(Boolean);
  return [root, ...names.map((_, index) => path.join(root, ...names.slice(0, index + 1)))];
}

function withinBytes(found: readonly ProjectInstructions[], limit: number): ProjectInstructions[] {
  const kept: ProjectInstructions[] = [];
  let left = limit;
  for (const entry of found.toReversed()) {
    const bytes = Buffer.from(entry.text);
    if (left <= 0) break;
    const text = bytes.length <= left ? entry.text : `${bytes.subarray(0, left).toString("utf8")}\n[cut]`;
    kept.unshift({ path: entry.path, text });
    left -= bytes.length;
  }
  return kept;
}

/**
 * The first names in the workspace as they are when the thread begins, so that a small model does not have to guess paths. Its own path is
 * left out: models put it in front of every path they write.
 */
export async function listWorkspace(workspace: string): Promise<string> {
  const files = await firstFiles(workspace, LISTED_FILES);
  if (files.length === 0) return "The workspace is empty.";
  const more = files.length > LISTED_FILES ? " …" : "";
  return `Files: ${files.slice(0, LISTED_FILES).join(" ")}${more}`;
}
