import { anyLiteralAt, fenceAt, firstsOf, isBlank } from "../look.ts";

/**
 * Finds the end of a JSON object (or array) as it streams, also of a broken one. A quote ends a string value only where
 * JSON may go on after it, so that unescaped quotes in code do not confuse it; in valid JSON that is every closing quote.
 * A container after which JSON cannot go on ends the object, and so does a marker outside strings: its last closers were
 * forgotten.
 */
export class ObjectReader {
  /** Open containers; true for an object. */
  private readonly stack: boolean[] = [];
  private quote = "";
  private escaped = false;
  /** A quote was seen that may end the string. */
  private ending = false;
  private isKey = false;
  private expectsKey = false;
  /** A container was closed and nothing has followed yet. */
  private after = false;
  private lineStart = false;
  private innerFences = 0;
  private readonly fenced: boolean;
  private readonly markers: readonly string[];
  private readonly markerFirsts: string;

  /** `fenced`: the object lies in a code fence, whose closing line ends it too. `markers` stand behind the object. */
  constructor(fenced: boolean, markers: readonly string[]) {
    this.fenced = fenced;
    this.markers = markers;
    this.markerFirsts = firstsOf(markers);
  }

  read(text: string, from: number, final: boolean): { readonly at: number; readonly done: boolean } {
    for (let at = from; at < text.length; at++) {
      const character = text.charAt(at);
      if (this.fenced && character === "`" && (this.lineStart || (this.quote === "" && !this.expectsValue()))) {
        const fence = fenceAt(text, at, final);
        if (fence === "more") return { at, done: false };
        if (fence !== "no" && this.endsFence(fence.info)) return { at, done: true };
      }
      if ((this.quote === "" || this.ending) && this.markerFirsts.includes(character)) {
        const marker = anyLiteralAt(text, at, this.markers);
        if (marker === "more" ? !final : marker !== undefined) return { at, done: marker !== "more" };
      }
      this.lineStart = character === "\n" || (this.lineStart && isBlank(text, at));
      if (this.quote !== "" && this.inString(character, isBlank(text, at))) continue;
      if (isBlank(text, at)) continue;
      if (this.after && !",}]".includes(character)) return { at, done: true };
      if (this.structure(character)) return { at: at + 1, done: true };
    }
    return { at: text.length, done: false };
  }

  private expectsValue(): boolean {
    return !this.expectsKey && !this.after && this.stack.length > 0;
  }

  private endsFence(info: string): boolean {
    if (info !== "") {
      if (this.quote !== "") this.innerFences++;
      return false;
    }
    if (this.innerFences === 0) return true;
    this.innerFences--;
    return false;
  }

  /** False when the string has ended before `character`, which is structure. */
  private inString(character: string, blank: boolean): boolean {
    if (this.ending) {
      if (blank) return true;
      this.ending = false;
      if (this.isKey ? character === ":" : ",}]".includes(character)) {
        this.quote = "";
        return false;
      }
    }
    if (this.escaped) this.escaped = false;
    else if (character === "\\") this.escaped = true;
    else if (character === this.quote) this.ending = true;
    return true;
  }

  /** Takes a character outside strings; true when it closed the last container. */
  private structure(character: string): boolean {
    switch (character) {
      case '"':
      case "'":
      case "`":
        this.quote = character;
        this.isKey = this.expectsKey;
        return false;
      case "{":
      case "[":
        this.stack.push(character === "{");
        this.expectsKey = character === "{";
        return false;
      case "}":
      case "]":
        this.stack.pop();
        this.after = true;
        this.expectsKey = false;
        return this.stack.length === 0;
      case ",":
        this.after = false;
        this.expectsKey = this.stack.at(-1) === true;
        return false;
      case ":":
        this.expectsKey = false;
        return false;
      default:
        return false;
    }
  }
}
