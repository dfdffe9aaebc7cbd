import type { FileHandle } from "node:fs/promises";

const WINDOW = 1 << 20;

/** Reads a file forwards in windows; running past its end throws a RangeError. */
export class FileCursor {
  private window: Buffer = Buffer.alloc(0);
  private windowStart = 0;
  private readonly file: FileHandle;
  /** Bytes read so far. */
  position = 0;

  constructor(file: FileHandle) {
    this.file = file;
  }

  async bytes(count: number): Promise<Buffer> {
    let from = this.position - this.windowStart;
    if (from < 0 || from + count > this.window.length) {
      const fresh = Buffer.alloc(Math.max(count, WINDOW));
      const { bytesRead } = await this.file.read(fresh, 0, fresh.length, this.position);
      if (bytesRead < count) throw new RangeError("the file ends too early");
      this.window = fresh.subarray(0, bytesRead);
      this.windowStart = this.position;
      from = 0;
    }
    this.position += count;
    return this.window.subarray(from, from + count);
  }

  skip(count: number): void {
    this.position += count;
  }

  async uint32(): Promise<number> {
    return (await this.bytes(4)).readUInt32LE();
  }

  /** A 64-bit count; more than a file can hold is damage. */
  async uint64(): Promise<number> {
    const value = (await this.bytes(8)).readBigUInt64LE();
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError("a length is impossible");
    return Number(value);
  }

  async text(): Promise<string> {
    const length = await this.uint64();
    if (length > WINDOW * 16) throw new RangeError("a text is impossibly long");
    return (await this.bytes(length)).toString("utf8");
  }

  /** The next text where all of it was read already, which spares long lists a wait for each item; undefined otherwise. */
  textAtHand(): string | undefined {
    const length = this.#lengthAtHand();
    if (length === undefined) return undefined;
    const from = this.position + 8 - this.windowStart;
    this.position += 8 + length;
    return this.window.toString("utf8", from, from + length);
  }

  /** Steps over the next text where all of it was read already. */
  skipTextAtHand(): boolean {
    const length = this.#lengthAtHand();
    if (length === undefined) return false;
    this.position += 8 + length;
    return true;
  }

  #lengthAtHand(): number | undefined {
    const from = this.position - this.windowStart;
    if (from < 0 || from + 8 > this.window.length) return undefined;
    const length = Number(this.window.readBigUInt64LE(from));
    return from + 8 + length <= this.window.length ? length : undefined;
  }
}
