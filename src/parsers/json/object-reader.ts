import { anyLiteralAt, type Fence, fenceAt, firstsOf, isBlank, keyAt, literalAt, skipSpace } from "../look.ts";
import { closersFit } from "./strings.ts";

/**
 * Finds the end of a JSON object (or array) as it streams, also of a broken one. A quote ends a string value only where
 * JSON may go on after it, so that unescaped quotes in code do not confuse it; in valid JSON that is every closing quote.
 * A container after which JSON cannot go on ends the object, and so does a marker outside strings: its last closers were
 * forgotten. What only looks like an object of a call ends where a name cannot go on, so that it hides nothing behind it.
 */
export class ObjectReader {
  /** Closers of the containers that are open. */
  private readonly open: string[] = [];
  private quote = "";
  private escaped = false;
  /** A quote was seen that may end the string. */
  private ending = false;
  private isKey = false;
  /** A quote stood inside a string. */
  private hasInner = false;
  private expectsKey = false;
  /** A container was closed and nothing has followed yet. */
  private after = false;
  private lineStart = false;
  private innerFences = 0;
  private readonly fence: number;
  private readonly markers: readonly string[];
  /** Those of them that count also behind a quote inside a string. */
  private readonly own: readonly string[];
  private readonly markerFirsts: string;
  private readonly isText: boolean;
  /** Colons outside strings, and whether a comma came too: after one colon alone the first member's value stands. */
  private colons = 0;
  private hasComma = false;
  /** The first key, with the quote behind it. */
  private firstKey = "";
  private inComment = false;

  /**
   * `fence`: how many backticks open the code fence that the object lies in, whose closing line ends it too; 0 outside of one. `markers`
   * stand behind the object. `breaks`: it stands in plain text, and these literals of the family end it also inside its first member's
   * value, which would be a name.
   */
  constructor(fence: number, markers: readonly string[], breaks?: readonly string[]) {
    this.fence = fence;
    this.own = markers;
    this.markers = breaks ? [...new Set([...markers, ...breaks])] : markers;
    this.markerFirsts = firstsOf(this.markers);
    this.isText = breaks !== undefined;
  }

  read(text: string, from: number, final: boolean): { readonly at: number; readonly done: boolean } {
    for (let at = from; at < text.length; at++) {
      const character = text.charAt(at);
      if (character === "`" && this.mayBeFence()) {
        const fence = fenceAt(text, at, final);
        if (fence === "more") return { at, done: false };
        if (fence !== "no" && this.endsFence(fence)) return { at, done: true };
      }
      const blank = isBlank(text, at);
      const inName = this.isText && this.colons === 1 && !this.hasComma && this.quote !== "";
      if (inName && character === "\n") return { at, done: true };
      if ((this.quote === "" || this.ending || inName) && this.markerFirsts.includes(character)) {
        const marker = anyLiteralAt(text, at, this.ending ? this.own : this.markers);
        if (marker === "more" ? !final : marker !== undefined) return { at, done: marker !== "more" };
      }
      if (this.ending && !blank) {
        const ends = this.endsString(text, at, final);
        if (ends === "more") return { at, done: false };
        this.ending = false;
        if (ends) this.quote = "";
        else this.hasInner = true;
      }
      this.lineStart = character === "\n" || (this.lineStart && blank);
      if (this.inComment) {
        this.inComment = character !== "\n";
        continue;
      }
      if (character === "/" && this.quote === "" && (this.expectsKey || this.after)) {
        const comment = literalAt(text, at, "//");
        if (comment === "more" && !final) return { at, done: false };
        this.inComment = comment === "yes";
        if (this.inComment) continue;
      }
      if (this.quote !== "") this.inString(character);
      else if (blank) continue;
      else if (this.after && !",}]".includes(character)) return { at, done: true };
      else if (this.structure(character)) return { at: at + 1, done: true };
    }
    return { at: text.length, done: false };
  }

  private expectsValue(): boolean {
    return !this.expectsKey && !this.after && this.open.length > 0;
  }

  /** Whether a fence that stands here would be one: the object's own, or that of what comes behind an object in plain text. */
  private mayBeFence(): boolean {
    if (this.fence > 0) return this.lineStart || (this.quote === "" && !this.expectsValue());
    return this.isText && this.lineStart && this.quote === "";
  }

  /** Inside a text a fence of another length is the text's own. */
  private endsFence({ info, length }: Fence): boolean {
    if (this.fence === 0) return true;
    if (this.quote === "" ? length < this.fence : length !== this.fence) return false;
    if (info !== "") {
      if (this.quote !== "") this.innerFences++;
      return false;
    }
    if (this.innerFences === 0) return true;
    this.innerFences--;
    return false;
  }

  /** Whether the quote before `at` has ended its string, by what stands there. */
  private endsString(text: string, at: number, final: boolean): boolean | "more" {
    const character = text.charAt(at);
    if (this.isKey) return character === ":";
    if (!"}]".includes(character)) return character === ",";
    return !this.hasInner || closersFit(text, at, this.open, final, (end) => this.endsAt(text, end, final));
  }

  /** Whether the fence, a marker or a comma before an object that begins like this one ends the object at `at`. */
  private endsAt(text: string, at: number, final: boolean): boolean | "more" {
    if (text.charAt(at) === ",") {
      const next = skipSpace(text, at + 1);
      const found = text.startsWith("{", next) ? keyAt(text, next + 1) : next === text.length ? "more" : undefined;
      return found === "more"
        ? !final && "more"
        : found !== undefined && this.firstKey === found.key + this.firstKey.at(-1);
    }
    const fence = this.fence > 0 ? fenceAt(text, at, final) : "no";
    if (fence !== "no") return fence === "more" ? "more" : fence.info === "" && fence.length >= this.fence;
    const marker = anyLiteralAt(text, at, this.own, final);
    return marker === "more" ? "more" : marker !== undefined;
  }

  private inString(character: string): void {
    if (this.isKey && this.colons === 0) this.firstKey += character;
    if (this.escaped) this.escaped = false;
    else if (character === "\\") this.escaped = true;
    else if (character === this.quote) this.ending = true;
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
        this.open.push(character === "{" ? "}" : "]");
        this.expectsKey = character === "{";
        return false;
      case "}":
      case "]":
        this.open.pop();
        this.after = true;
        this.expectsKey = false;
        return this.open.length === 0;
      case ",":
        this.hasComma = true;
        this.after = false;
        this.expectsKey = this.open.at(-1) === "}";
        return false;
      case ":":
        this.colons++;
        this.expectsKey = false;
        return false;
      default:
        return false;
    }
  }
}
