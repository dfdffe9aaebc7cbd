import { anyLiteralAt, firstsOf, isBlank, literalAt, skipSpace } from "../look.ts";

/**
 * Finds the end of an object with unquoted keys as it streams, from its `{` on. Strings lie between two `quote` literals,
 * or between plain quotes where a value begins with one; text without quotes lasts up to the next structure.
 */
export class BareKeysReader {
  private depth = 0;
  /** The literal that ends the string; empty outside strings. */
  private quote = "";
  private expectsValue = false;
  private readonly ownQuote: string;
  private readonly markers: readonly string[];
  private readonly firsts: string;

  constructor(quote: string, markers: readonly string[]) {
    this.ownQuote = quote;
    this.markers = markers;
    this.firsts = firstsOf([quote, ...markers]);
  }

  read(text: string, from: number, final: boolean): { readonly at: number; readonly done: boolean } {
    let at = from;
    while (at < text.length) {
      const length = this.quote === "" ? this.structure(text, at, final) : this.inString(text, at, final);
      if (length === "more") return { at, done: false };
      if (length === "end") return { at, done: true };
      at += length;
      if (this.depth === 0) return { at, done: true };
    }
    return { at, done: false };
  }

  private inString(text: string, at: number, final: boolean): number | "more" {
    const look = text.charAt(at) === this.quote.charAt(0) ? literalAt(text, at, this.quote) : "no";
    if (look === "more" && !final) return "more";
    if (look !== "yes") return 1;
    const ends = endsValue(text, at + this.quote.length, this.markers, final);
    if (ends === "more") return "more";
    const { length } = this.quote;
    if (ends) this.quote = "";
    return length;
  }

  private structure(text: string, at: number, final: boolean): number | "more" | "end" {
    const character = text.charAt(at);
    if (this.firsts.includes(character)) {
      const found = anyLiteralAt(text, at, [this.ownQuote, ...this.markers]);
      if (found === "more" && !final) return "more";
      if (found === this.ownQuote) {
        this.quote = found;
        return found.length;
      }
      if (found !== undefined && found !== "more") return "end";
    }
    if (isBlank(text, at)) return 1;
    if (this.expectsValue && (character === '"' || character === "'")) this.quote = character;
    if (character === "{" || character === "[") this.depth++;
    else if (character === "}" || character === "]") this.depth--;
    this.expectsValue = ":,[".includes(character);
    return 1;
  }
}

/** Whether an object may go on at `at` after a string. */
export function endsValue(text: string, at: number, markers: readonly string[], final: boolean): boolean | "more" {
  const next = skipSpace(text, at);
  if (next >= text.length) return final || "more";
  if (",}]".includes(text.charAt(next)) || isBlank(text, next)) return true;
  const found = anyLiteralAt(text, next, markers);
  return found === "more" ? final || "more" : found !== undefined;
}
