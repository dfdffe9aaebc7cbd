import { HalterError, type JournalRecord } from "../types/index.ts";

/** What the bytes of a journal say. */
export interface JournalLines {
  readonly records: JournalRecord[];
  /** Bytes of the file that are whole lines; what follows was cut off in mid-write. */
  readonly goodBytes: number;
}

const NEWLINE = 10;

/**
 * Reads a journal's bytes. A last line that is not whole is left out; any other line that is no record throws
 * `journal_damaged` with the file and the line, counted from 1.
 */
export function readLines(bytes: Buffer, file: string): JournalLines {
  const records: JournalRecord[] = [];
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    const record = parseRecord(bytes.toString("utf8", start, end));
    // A power failure can leave a last line of zeros with its length already set.
    if (!record && end === bytes.length - 1) break;
    if (!record) throw damaged(file, records.length + 1);
    records.push(record);
    start = end + 1;
  }
  return { records, goodBytes: start };
}

/** The record in one line, or undefined where the line is none. */
export function parseRecord(line: string): JournalRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isRecord = typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
    return isRecord ? (value as JournalRecord) : undefined;
  } catch {
    return undefined;
  }
}

function damaged(file: string, line: number): HalterError {
  return new HalterError("journal_damaged", `${file} is damaged in line ${line}`, {
    hint: `Start a new thread, or delete the lines from ${line} on to go back to what came before.`,
    data: { file, line },
  });
}
