import { readFile } from "node:fs/promises";
import { HalterError } from "../../types/index.ts";

/** The text of a file. Throws `usage` where it cannot be read or is no text. */
export async function readTextFile(file: string): Promise<string> {
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw new HalterError("usage", `${file}: ${cause.code === "ENOENT" ? "there is no such file" : cause.message}`, {
      hint: "give a .jinja file, a tokenizer_config.json, a GGUF, ollama:NAME, or --server URL",
      cause,
    });
  });
  if (bytes.includes(0)) {
    throw new HalterError("usage", `${file} is no text`, { hint: "give a template, or a model in the GGUF format" });
  }
  return bytes.toString("utf8").replace(/^\ufeff/, "");
}

/** The text of a file, or undefined where there is none. */
export async function readIfThere(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined);
}
