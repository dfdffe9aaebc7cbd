import path from "node:path";
import type { Attachment, ToolContext } from "../types/index.ts";
import { isInside, resolvePlace } from "./paths.ts";
import { countLines, loadText, withoutCarriageReturns } from "./text-file.ts";
import { firstFiles } from "./walk.ts";

type World = Pick<ToolContext, "workspace" | "forbidden" | "seen">;

/** A longer file is left for the model to read in parts. */
const MOST_LINES = 200;
/** Files of a folder that is named as a whole; with more, the folder is left for the model to look at. */
const MOST_IN_FOLDER = 8;

/**
 * The files a task names, and those of a small folder it names, with their text: a small model that has seen a file does not invent
 * what stands in it. At most `limit` characters in all, in the order of the task; what is attached counts as seen.
 */
export async function attachNamed(task: string, limit: number, world: World): Promise<Attachment[]> {
  const attachments = new Map<string, Attachment>();
  let left = limit;
  for (const name of namesIn(task)) {
    for (const file of await filesOf(name, world)) {
      if (attachments.has(file.relative)) continue;
      const loaded = await loadText(file.absolute);
      if (loaded.type !== "text" || loaded.text.length > left || countLines(loaded.text) > MOST_LINES) continue;
      left -= loaded.text.length;
      world.seen.set(file.absolute, loaded.hash);
      attachments.set(file.relative, { path: file.relative, text: withoutCarriageReturns(loaded.text) });
    }
  }
  return [...attachments.values()];
}

/** Words that look like a path: they hold a slash, or a dot before a letter. */
function namesIn(task: string): string[] {
  const words = task.match(/[\w.@/+-]+/g) ?? [];
  return [...new Set(words.map((word) => word.replace(/[.,]+$/, "")))].filter((word) => /\/|\w\.[a-z]/i.test(word));
}

async function filesOf(name: string, world: World): Promise<{ absolute: string; relative: string }[]> {
  const place = await resolvePlace(name, world);
  if (typeof place === "string" || place.kind === "missing") return [];
  if (place.kind === "file") return [place];
  if (place.relative === ".") return [];
  const files = await firstFiles(place.absolute, MOST_IN_FOLDER);
  if (files.length > MOST_IN_FOLDER) return [];
  return files
    .sort()
    .map((file) => ({ absolute: path.join(place.absolute, file), relative: path.posix.join(place.relative, file) }))
    .filter(({ absolute }) => !world.forbidden.some((folder) => isInside(folder, absolute)));
}
