import { statfs } from "node:fs/promises";
import { HalterError } from "../../types/error.ts";

/** Throws `disk_full` with the figures when the folder's disk has less room than `needed` bytes. */
export async function demandSpace(folder: string, needed: number, what: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free < needed) throw diskFull(what, needed, free);
}

/** The error for a disk with too little room; sizes in bytes. */
export function diskFull(what: string, needed: number, free: number): HalterError {
  return new HalterError(
    "disk_full",
    `${what} needs ${gigabytes(needed)} more on the disk, ${gigabytes(free)} are free`,
    {
      hint: "Make room (halter models rm NAME), or choose another cache folder with HALTER_CACHE_DIR",
      data: { needed, free },
    },
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
