import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { CatalogModel } from "../../src/servers/models/catalog-schema.ts";

/** Bytes that look like a small model: the magic, then a pattern that differs everywhere. */
export function modelBytes(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let index = 0; index < length; index++) bytes[index] = (index * 31 + (index >> 8)) & 0xff;
  bytes.write("GGUF");
  return bytes;
}

/** A catalogue entry for these bytes, in three parts and on the hub. */
export function entryFor(bytes: Buffer, changes: Partial<CatalogModel> = {}): CatalogModel {
  const partBytes = Math.ceil(bytes.length / 3);
  const member = "{package}/data/part{nn}.bin";
  return {
    name: "sample",
    title: "A sample",
    file: "sample.gguf",
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    licence: "none",
    context: 512,
    architecture: "llama",
    sources: [
      { type: "hub", repo: "some/repo", revision: "abc", file: "sample.gguf" },
      { type: "wheels", package: "halter-sample-part{n}", version: "1.0", parts: 3, partBytes, member },
    ],
    ...changes,
  };
}

/** Writes an entry's wheels into a folder that pip can use as its only source. */
export function writeWheels(folder: string, entry: CatalogModel, bytes: Buffer): void {
  const source = entry.sources.find((candidate) => candidate.type === "wheels")!;
  for (let part = 1; part <= source.parts; part++) {
    const name = `halter_sample_part${part}`;
    const work = path.join(folder, name);
    const data = path.join(work, name, "data");
    const info = path.join(work, `${name}-1.0.dist-info`);
    mkdirSync(data, { recursive: true });
    mkdirSync(info, { recursive: true });
    const content = bytes.subarray((part - 1) * source.partBytes, part * source.partBytes);
    writeFileSync(path.join(data, `part${String(part).padStart(2, "0")}.bin`), content);
    writeFileSync(path.join(work, name, "__init__.py"), "raise SystemExit('the code of a wheel was run')\n");
    writeFileSync(path.join(info, "METADATA"), `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n`);
    writeFileSync(path.join(info, "WHEEL"), "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    writeFileSync(path.join(info, "RECORD"), "");
    const wheel = path.join(folder, `${name}-1.0-py3-none-any.whl`);
    execFileSync("python3", ["-m", "zipfile", "-c", wheel, name, path.basename(info)], { cwd: work });
    rmSync(work, { recursive: true });
  }
}
