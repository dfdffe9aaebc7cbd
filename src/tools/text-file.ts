import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";

/** Larger files are named, not loaded: 8 MiB. */
const LARGEST = 8 * 1024 * 1024;

/** A text file as it lies on disk. `text` is without the byte order mark and keeps its line ends. */
export interface TextFile {
  readonly type: "text";
  readonly text: string;
  readonly bom: boolean;
  /** The line end that most lines have. */
  readonly lineEnd: "\n" | "\r\n";
  /** SHA-256 of the bytes, hex. */
  readonly hash: string;
}

/** A file whose bytes are not for a model to read. */
export interface OpaqueFile {
  readonly type: "binary" | "too large" | "unreadable";
  readonly detail: string;
}

const BOM = "\uFEFF";

/** Loads a file; what is no UTF-8 text, or has NUL characters, comes back as opaque with a few words on it. */
export async function loadText(absolute: string): Promise<TextFile | OpaqueFile> {
  try {
    const { size } = await stat(absolute);
    if (size > LARGEST) return { type: "too large", detail: `${size} bytes` };
    const bytes = await readFile(absolute);
    const text = decode(bytes);
    if (text === undefined) return { type: "binary", detail: `${bytes.length} bytes` };
    const bom = text.startsWith(BOM);
    return { type: "text", text: bom ? text.slice(1) : text, bom, lineEnd: lineEndOf(text), hash: sha256(bytes) };
  } catch (error) {
    return { type: "unreadable", detail: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
}

/** What the model reads of a file it cannot have. */
export function describeOpaque(path: string, file: OpaqueFile): string {
  if (file.type === "unreadable") return `${path} cannot be read (${file.detail}).`;
  if (file.type === "binary") return `${path} is a binary file (${file.detail}), not shown.`;
  return `${path} is too large (${file.detail}); use grep, or shell with sed -n.`;
}

/** Text with every `\r\n` as `\n`. */
export function withoutCarriageReturns(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

/** Text with every line end made `lineEnd`. */
export function withLineEnd(text: string, lineEnd: "\n" | "\r\n"): string {
  return text.replace(/\r?\n/g, lineEnd);
}

/** The bytes of a text as they go to disk. */
export function encode(text: string, bom: boolean): Buffer {
  return Buffer.from(bom ? BOM + text : text, "utf8");
}

/** SHA-256, hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Lines of a text, a last newline not counted as the start of another. */
export function countLines(text: string): number {
  if (text === "") return 0;
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}

function decode(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function lineEndOf(text: string): "\n" | "\r\n" {
  const all = text.split("\n").length - 1;
  const withReturn = text.split("\r\n").length - 1;
  return withReturn > all / 2 ? "\r\n" : "\n";
}
