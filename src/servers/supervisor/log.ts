import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const TAIL_BYTES = 8_192;
const LINES = 12;

/** The last lines of a log that have something in them; none where the file cannot be read. */
export function lastLines(file: string): string[] {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, "r");
    const { size } = fstatSync(descriptor);
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(descriptor, tail, 0, tail.length, size - tail.length);
    const lines = tail.toString("utf8").split("\n");
    return lines.filter((line) => line.trim() !== "").slice(-LINES);
  } catch {
    return [];
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
