import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTraceWriter, readTrace } from "../../src/trace/index.ts";
import type { TraceRecord } from "../../src/types/index.ts";

let dir: string;
let file: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), "halter-trace-"));
  file = path.join(dir, "deep", "trace.jsonl");
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const bytes = (at: number, data = `data: ${at}\n\n`): TraceRecord => {
  return { type: "bytes", call: 1, at, data, encoding: "utf8" };
};

async function written(count: number, data?: string): Promise<TraceRecord[]> {
  const writer = createTraceWriter(file);
  const records = Array.from({ length: count }, (_, at) => bytes(at, data));
  for (const record of records) writer.write(record);
  await writer.close();
  return records;
}

describe("a trace", () => {
  it("gives back what was written, in order", async () => {
    const records = await written(2000, "漢 \u2028 \n".repeat(100));
    expect(await readTrace(file)).toEqual(records);
  });

  it("reaches the disk while the run goes on", async () => {
    const writer = createTraceWriter(file);
    writer.write(bytes(0));
    await vi.waitFor(async () => expect(await readFile(file, "utf8")).not.toBe(""), { timeout: 10_000, interval: 50 });
    await writer.close();
  });

  it("is continued by a second writer", async () => {
    const records = [...(await written(3)), ...(await written(2))];
    expect(await readTrace(file)).toEqual(records);
  });

  it("that was cut off gives what is whole", async () => {
    const records = await written(3);
    await appendFile(file, '{"type":"by');
    expect(await readTrace(file)).toEqual(records);
  });

  it("names the line of other damage", async () => {
    await written(3);
    const lines = (await readFile(file, "utf8")).split("\n");
    await writeFile(file, [lines[0], "{", lines[2], ""].join("\n"));
    await expect(readTrace(file)).rejects.toMatchObject({ code: "journal_damaged", data: { file, line: 2 } });
  });

  it("that cannot be written says so once and stops nothing", async () => {
    await writeFile(path.join(dir, "deep"), "a file in the way");
    const errors: Error[] = [];
    const writer = createTraceWriter(file, { onError: (error) => errors.push(error) });
    for (let at = 0; at < 5; at++) writer.write(bytes(at, "x".repeat(300_000)));
    await writer.close();
    writer.write(bytes(9));
    await writer.close();
    expect(errors).toHaveLength(1);
    await expect(readTrace(file)).rejects.toMatchObject({ code: "not_found" });
  });
});
