import { anyLiteralAt, firstsOf, isBlank } from "../look.ts";

/**
 * Finds the end of a call's parentheses as it streams, from its `(` on. A quote ends a string only where Python may go on
 * after it, so that unescaped quotes in code do not confuse it. A marker outside strings ends the call too.
 */
export class CallReader {
  private depth = 0;
  /** One or three of a kind, empty outside strings. */
  private quote = "";
  private escaped = false;
  /** A quote was seen that may end the string. */
  private ending = false;
  private readonly markers: readonly string[];
  private readonly markerFirsts: string;

  constructor(markers: readonly string[]) {
    this.markers = markers;
    this.markerFirsts = firstsOf(markers);
  }

  read(text: string, from: number, final: boolean): { readonly at: number; readonly done: boolean } {
    for (let at = from; at < text.length; at++) {
      const character = text.charAt(at);
      if ((this.quote === "" || this.ending) && this.markerFirsts.includes(character)) {
        const marker = anyLiteralAt(text, at, this.markers);
        if (marker === "more" ? !final : marker !== undefined) return { at, done: marker !== "more" };
      }
      if (this.quote !== "") {
        const length = this.inString(text, at, final);
        if (length === "more") return { at, done: false };
        at += Math.max(length - 1, 0);
        if (length > 0) continue;
      }
      if (character === '"' || character === "'") {
        const width = quoteWidth(text, at, final);
        if (width === "more") return { at, done: false };
        this.quote = character.repeat(width);
        at += width - 1;
      } else if ("([{".includes(character)) this.depth++;
      else if (")]}".includes(character) && --this.depth <= 0) return { at: at + 1, done: true };
    }
    return { at: text.length, done: false };
  }

  /** How many characters of the string stand here; none when it has ended before and this is structure. */
  private inString(text: string, at: number, final: boolean): number | "more" {
    const character = text.charAt(at);
    if (this.ending) {
      if (isBlank(text, at)) return 1;
      this.ending = false;
      if (",)]}:".includes(character)) {
        this.quote = "";
        return 0;
      }
    }
    if (this.escaped || character === "\\") {
      this.escaped = !this.escaped;
      return 1;
    }
    if (character !== this.quote.charAt(0)) return 1;
    const width = this.quote.length === 1 ? 1 : quoteWidth(text, at, final);
    if (width !== "more") this.ending = width === this.quote.length;
    return width;
  }
}

/** Whether one or three quotes stand at `at`. */
function quoteWidth(text: string, at: number, final: boolean): 1 | 3 | "more" {
  const triple = text.charAt(at).repeat(3);
  if (text.startsWith(triple, at)) return 3;
  return !final && triple.startsWith(text.slice(at)) ? "more" : 1;
}
