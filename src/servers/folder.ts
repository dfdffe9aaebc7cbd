import { mkdir } from "node:fs/promises";
import { HalterError } from "../types/error.ts";

/** Makes a folder of the cache or the state, with those above it. Throws `folder_unwritable`. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: Error) => {
    throw folderUnwritable(folder, error);
  });
}

/** The error for a folder of the cache or the state in which nothing can be made. */
export function folderUnwritable(folder: string, cause: Error): HalterError {
  return new HalterError("folder_unwritable", `Cannot write in ${folder}: ${cause.message}`, {
    hint: "Make the folder writable, or choose another with HALTER_CACHE_DIR (engines, models) or HALTER_STATE_DIR (threads, logs)",
    cause,
  });
}
