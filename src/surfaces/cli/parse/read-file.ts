import { readFile } from "node:fs/promises";
import { HalterError } from "../../../types/error.ts";

/** Text of a file that a flag or an argument names. Throws `usage` when it cannot be read. */
export async function readText(file: string, hint: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : "it cannot be read";
    throw new HalterError("usage", `${file}: ${why}`, { cause, hint });
  }
}

/** JSON of a file that a flag names. Throws `usage` when it cannot be read or is no JSON. */
export async function readJsonFile(file: string, hint: string): Promise<unknown> {
  const text = await readText(file, hint);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HalterError("usage", `${file} is no JSON: ${(cause as Error).message}`, { cause, hint });
  }
}
