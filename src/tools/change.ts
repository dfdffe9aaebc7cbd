import { access, constants, mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { type FileChange, HalterError, type ToolContext } from "../types/index.ts";
import type { Place } from "./paths.ts";
import { encode, sha256, withoutCarriageReturns } from "./text-file.ts";

/** The text a file has and is to have; nothing before for a new file. Both without byte order mark. */
interface TextChange {
  readonly before: string | undefined;
  readonly after: string;
  readonly bom: boolean;
}

/**
 * Puts a text in place in one step, keeping the file's mode, and notes it as seen. Returns the change, or the text
 * of an error the model can read; throws `disk_full`. A read-only file stays: only its folder would have to allow the
 * exchange.
 */
export async function saveText(place: Place, change: TextChange, context: ToolContext): Promise<FileChange | string> {
  if (await isReadOnly(place.absolute)) return `${place.relative} is read-only. It was not changed.`;
  const bytes = encode(change.after, change.bom);
  const { default: writeFileAtomic } = await import("write-file-atomic");
  try {
    await mkdir(path.dirname(place.absolute), { recursive: true });
    await writeFileAtomic(place.absolute, bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOSPC" || code === "EDQUOT") {
      throw new HalterError("disk_full", `cannot write ${place.relative}: the disk is full`, {
        hint: "Free some space and resume the thread.",
        cause: error,
      });
    }
    if (code === undefined) throw error;
    return `${place.relative} cannot be written (${code}).`;
  }
  context.seen.set(place.absolute, sha256(bytes));
  return {
    path: place.relative,
    kind: change.before === undefined ? "add" : "update",
    diff: await unifiedDiff(place.relative, change.before, change.after),
  };
}

/** Whether a file is there that nobody may write, or not this user. The mode counts too, since root may write anything. */
async function isReadOnly(absolute: string): Promise<boolean> {
  const stats = await stat(absolute).catch(() => undefined);
  if (!stats) return false;
  if ((stats.mode & 0o222) === 0) return true;
  return access(absolute, constants.W_OK).then(
    () => false,
    () => true,
  );
}

async function unifiedDiff(name: string, before: string | undefined, after: string): Promise<string> {
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import("diff");
  const from = before === undefined ? "/dev/null" : `a/${name}`;
  // Line ends are kept by every change, so that showing them would only hide what changed.
  const patch = createTwoFilesPatch(
    from,
    `b/${name}`,
    withoutCarriageReturns(before ?? ""),
    withoutCarriageReturns(after),
    undefined,
    undefined,
    { context: 3, timeout: 2000, headerOptions: FILE_HEADERS_ONLY },
  );
  return patch ?? `--- ${from}\n+++ b/${name}\n`;
}
