import { createHash, type Hash } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { HalterError } from "../../types/error.ts";
import type { CatalogModel } from "./catalog-schema.ts";
import { diskFull } from "./disk.ts";
import { sizeOf } from "./file.ts";

/** Where an unfinished download lies; the hash in the name keeps other bytes of the same name apart. */
export function partialPath(file: string, entry: CatalogModel): string {
  return `${file}.${entry.sha256.slice(0, 8)}.partial`;
}

/** Where wheels lie while they are read into an unfinished download. */
export function partsFolder(partial: string): string {
  return `${partial}.parts`;
}

/**
 * An unfinished download that grows at its end, with the hash of all that is in it. Each chunk is written at its own
 * place, so that a process that was suspended and has lost its lock puts no other bytes there than the one after it.
 */
export class PartialFile {
  readonly path: string;
  /** Bytes in it. */
  have: number;
  private readonly entry: CatalogModel;
  private readonly handle: FileHandle;
  private readonly hash: Hash;

  private constructor(path: string, have: number, entry: CatalogModel, handle: FileHandle, hash: Hash) {
    this.path = path;
    this.have = have;
    this.entry = entry;
    this.handle = handle;
    this.hash = hash;
  }

  /** Opens what an earlier try left, or a new one; reads through what is there. */
  static async open(path: string, entry: CatalogModel, signal: AbortSignal): Promise<PartialFile> {
    if (((await sizeOf(path)) ?? 0) > entry.bytes) await rm(path);
    const have = (await sizeOf(path)) ?? 0;
    const hash = createHash("sha256");
    if (have > 0) {
      const content = createReadStream(path, { end: have - 1, highWaterMark: 1 << 20, signal });
      for await (const chunk of content) hash.update(chunk as Uint8Array);
    }
    return new PartialFile(path, have, entry, await open(path, constants.O_WRONLY | constants.O_CREAT), hash);
  }

  get isWhole(): boolean {
    return this.have === this.entry.bytes;
  }

  /** Throws `disk_full`, or `download_failed` for more bytes than the catalogue announces. */
  async append(chunk: Uint8Array): Promise<void> {
    if (this.have + chunk.length > this.entry.bytes) {
      throw new HalterError("download_failed", `it is larger than the announced ${this.entry.bytes} bytes`);
    }
    await this.write(chunk).catch((error: NodeJS.ErrnoException) => {
      throw error.code === "ENOSPC" ? diskFull(this.entry.name, this.entry.bytes - this.have, 0) : error;
    });
    this.hash.update(chunk);
    this.have += chunk.length;
  }

  /** The SHA-256 of all bytes, which are on the disk then; nothing can be appended afterwards. */
  async finish(): Promise<string> {
    await this.handle.sync();
    return this.hash.digest("hex");
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  private async write(chunk: Uint8Array): Promise<void> {
    for (let done = 0; done < chunk.length; ) {
      const { bytesWritten } = await this.handle.write(chunk, done, chunk.length - done, this.have + done);
      done += bytesWritten;
    }
  }
}
