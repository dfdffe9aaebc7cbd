import { stat } from "node:fs/promises";
import type { ServerProgress } from "../progress.ts";

/** How a fetch reports and is given up. */
export interface FetchOptions {
  readonly onProgress: (progress: ServerProgress) => void;
  readonly signal: AbortSignal;
}

/** A file's size in bytes, or nothing where there is no such file. */
export async function sizeOf(file: string): Promise<number | undefined> {
  return stat(file).then(
    ({ size }) => size,
    () => undefined,
  );
}
