import { readdir } from "node:fs/promises";
import path from "node:path";

/** Folders whose files are installed or generated. */
const SKIPPED = new Set(["node_modules", "dist", "build", "target", "__pycache__", "vendor"]);

/**
 * Paths of the first files below `folder`, relative to it with `/`: breadth first, in a fixed order, without hidden
 * names, links and generated folders. Stops at the folder in which there are more than `count`, so that a large tree
 * costs little; `.gitignore` is not read for the same reason. A folder that cannot be read has no files.
 */
export async function firstFiles(folder: string, count: number): Promise<string[]> {
  const files: string[] = [];
  const folders = [""];
  while (folders.length > 0 && files.length <= count) {
    const inside = folders.shift()!;
    const entries = await readdir(path.join(folder, inside), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith(".") || SKIPPED.has(entry.name)) continue;
      const name = path.posix.join(inside, entry.name);
      if (entry.isDirectory()) folders.push(name);
      else if (entry.isFile()) files.push(name);
    }
  }
  return files;
}
