import type { TagsSpec } from "../../types/index.ts";
import { isBlank, literalAt } from "../look.ts";

/** How much of a value's beginning is looked at to tell how it is quoted, in characters. */
const HEAD_LIMIT = 64;

/** A value between tags while it is read. */
export class TagValue {
  /** The value's own tag has come, or the notation has none. */
  wasOpened: boolean;
  /** Nothing but white space has come since the last line break. */
  lineStart = false;
  private pieces: string[] = [];
  private head = "";
  private readonly spec: TagsSpec["value"];

  constructor({ value }: TagsSpec) {
    this.spec = value;
    this.wasOpened = value.open === "";
  }

  take(piece: string): void {
    if (piece === "") return;
    this.pieces.push(piece);
    if (this.head.length < HEAD_LIMIT) this.head += piece.slice(0, HEAD_LIMIT);
    for (let at = piece.length - 1; at >= 0; at--) {
      if (isBlank(piece, at) && piece.charAt(at) !== "\n") continue;
      this.lineStart = piece.charAt(at) === "\n";
      return;
    }
  }

  /** The offset behind the value's own tag, where it stands at `at` and only white space stood before it. */
  openerAt(text: string, at: number): number | "more" | undefined {
    if (this.wasOpened || !/^(?:\s|\\n)*$/.test(this.head)) return undefined;
    const look = literalAt(text, at, this.spec.open);
    if (look !== "yes") return look === "more" ? "more" : undefined;
    this.wasOpened = true;
    this.pieces = [];
    this.head = "";
    return at + this.spec.open.length;
  }

  /** What ends the value: its closer, behind the closing quote where it is quoted. */
  closer(): string {
    const { close, quotes } = this.spec;
    return quotes && this.head.trimStart().startsWith(quotes.open) ? quotes.close + close : close;
  }

  /** The text that was meant; undefined where neither tag nor text has come. */
  text(): string | undefined {
    const raw = this.pieces.join("");
    const { lines, quotes } = this.spec;
    if (!this.wasOpened) return raw.trim() || undefined;
    if (quotes && this.closer() !== this.spec.close) {
      const inner = raw.trimStart().slice(quotes.open.length);
      return inner.endsWith(quotes.close) ? inner.slice(0, -quotes.close.length) : inner;
    }
    return lines ? raw.replace(/^\r?\n/, "").replace(/\r?\n$/, "") : raw;
  }
}
