import { lstat, realpath } from "node:fs/promises";
import path from "node:path";
import type { ToolContext } from "../types/index.ts";

/** Where a path given by the model leads. `absolute` has its links resolved; `relative` is to the workspace, with `/`. */
export interface Place {
  readonly absolute: string;
  readonly relative: string;
  readonly kind: "file" | "folder" | "missing";
}

type World = Pick<ToolContext, "workspace" | "forbidden">;

/**
 * Resolves a path of the model, links included, and keeps it inside the workspace. Returns the text of an error
 * the model can read when the path leads outside, into `.git`, into a forbidden folder or to no plain file.
 */
export async function resolvePlace(given: string, world: World): Promise<Place | string> {
  const wanted = unquote(given);
  if (wanted.includes("\0")) return "The path holds a NUL character.";
  const lexical = await inWorkspace(wanted, world.workspace);
  const real = await realPath(lexical);
  if (real === undefined) return `"${given}" is a link that leads nowhere.`;
  const problem = refusal(lexical, world) ?? refusal(real, world);
  if (problem) return `"${given}" ${problem}`;
  const stats = await lstat(real).catch(() => undefined);
  if (stats && !stats.isFile() && !stats.isDirectory()) return `"${given}" is no plain file.`;
  return {
    absolute: real,
    relative: path.relative(world.workspace, real).split(path.sep).join("/") || ".",
    kind: !stats ? "missing" : stats.isDirectory() ? "folder" : "file",
  };
}

/** Whether `absolute` is `folder` or lies in it. */
export function isInside(folder: string, absolute: string): boolean {
  const relative = path.relative(folder, absolute);
  return relative === "" || (relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}

/** Small models put quotes or backticks around a path. */
function unquote(given: string): string {
  return given.trim().replace(/^(["'`])(.*)\1$/s, "$2") || ".";
}

/** An absolute path that is outside but exists inside when read from the workspace's root is taken so: `/src/x.js`. */
async function inWorkspace(wanted: string, workspace: string): Promise<string> {
  const plain = path.resolve(workspace, wanted);
  if (!path.isAbsolute(wanted) || isInside(workspace, plain)) return plain;
  const rooted = path.join(workspace, wanted);
  const linked = await realPath(plain);
  if (linked !== undefined && isInside(workspace, linked)) return linked;
  return (await lstat(rooted).catch(() => undefined)) ? rooted : plain;
}

/** `absolute` with the links of its deepest existing part resolved; nothing for a link that leads nowhere. */
async function realPath(absolute: string): Promise<string | undefined> {
  const rest: string[] = [];
  for (let existing = absolute; ; existing = path.dirname(existing)) {
    try {
      return path.join(await realpath(existing), ...rest);
    } catch {
      if (await lstat(existing).catch(() => undefined)) return undefined;
      if (path.dirname(existing) === existing) return absolute;
      rest.unshift(path.basename(existing));
    }
  }
}

function refusal(absolute: string, world: World): string | undefined {
  if (!isInside(world.workspace, absolute)) {
    return 'is outside the workspace. Use a path relative to it, e.g. "src/main.js".';
  }
  const parts = path.relative(world.workspace, absolute).toLowerCase().split(path.sep);
  if (parts.includes(".git")) return "is in .git, which only git commands may touch.";
  if (world.forbidden.some((folder) => isInside(folder, absolute))) return "is in a folder that no tool may touch.";
  return undefined;
}
