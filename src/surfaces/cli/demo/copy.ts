import { chmod, cp, lstat, readdir } from "node:fs/promises";
import path from "node:path";

/** Copies the files of `folder` to `target` and makes them writable: they may lie where nobody may write. */
export async function copyWritable(folder: string, target: string): Promise<void> {
  await cp(folder, target, { recursive: true });
  for (const name of ["", ...(await readdir(target, { recursive: true }))]) {
    const file = path.join(target, name);
    const { mode } = await lstat(file);
    await chmod(file, mode | 0o200);
  }
}
