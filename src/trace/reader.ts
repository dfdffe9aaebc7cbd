import { readFile } from "node:fs/promises";
import { HalterError, type TraceRecord } from "../types/index.ts";

/**
 * The records of a trace. A last line that was cut off in mid-write is left out. Throws `not_found` where there is no
 * file and `journal_damaged` with the line, counted from 1, where another line is no record.
 */
export async function readTrace(file: string): Promise<TraceRecord[]> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new HalterError("not_found", `cannot read the trace ${file}`, {
      hint: "Give the path of a trace file.",
      cause,
    });
  });
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.flatMap((line, index) => {
    const record = parseRecord(line);
    if (record) return [record];
    if (index === lines.length - 1) return [];
    throw new HalterError("journal_damaged", `${file} is damaged in line ${index + 1}`, {
      hint: `Delete the lines from ${index + 1} on to use what came before.`,
      data: { file, line: index + 1 },
    });
  });
}

function parseRecord(line: string): TraceRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isRecord = typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
    return isRecord ? (value as TraceRecord) : undefined;
  } catch {
    return undefined;
  }
}
