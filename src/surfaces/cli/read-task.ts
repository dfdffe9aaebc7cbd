import { text } from "node:stream/consumers";
import { HalterError } from "../../types/error.ts";

/**
 * The words of the task; stdin where there are none, and below the words where one of them is `-`. It is not read unasked: a script's
 * idle stdin would be waited for in vain. Throws `usage` when there is nothing.
 */
export async function readTask(words: readonly string[]): Promise<string> {
  const said = words
    .filter((word) => word !== "-")
    .join(" ")
    .trim();
  const reads = words.includes("-") || (said === "" && !process.stdin.isTTY);
  const piped = reads ? (await text(process.stdin)).trim() : "";
  const task = [said, piped].filter((part) => part !== "").join("\n\n");
  if (task === "") {
    throw new HalterError("usage", "there is no task", { hint: 'halter run "what to do", or pipe the task in' });
  }
  return task;
}
