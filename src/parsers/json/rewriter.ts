import type { RepairName } from "../../types/index.ts";
import { Cursor } from "../cursor.ts";
import { readString } from "./strings.ts";

/** How deep containers may lie in each other before a broken document is given up. */
const DEPTH_LIMIT = 100;

const WORDS: ReadonlyMap<string, string> = new Map([
  ["true", "true"],
  ["false", "false"],
  ["null", "null"],
  ["True", "true"],
  ["False", "false"],
  ["None", "null"],
  ["undefined", "null"],
  ["NaN", "null"],
]);

/** Writes a broken document again as JSON, in one pass. */
export class Rewriter extends Cursor {
  /** Closers of the containers that are open, outer ones first. */
  private readonly open: string[] = [];
  private hasInner = false;
  private readonly out: string[] = [];

  json(): string {
    return this.out.join("");
  }

  /** False when it cannot be read. */
  document(): boolean {
    this.space();
    if (!this.value()) return false;
    this.space();
    const rest = this.text.slice(this.at);
    if (!/^[}\]\s;,]*$/.test(rest)) return false;
    if (rest !== "") this.note("stray_closer", this.at, this.text.length, "");
    return true;
  }

  private value(): boolean {
    const character = this.text.charAt(this.at);
    if (character === "{") return this.object();
    if (character === "[") return this.container("]", () => this.value());
    if (character !== "" && "\"'`".includes(character)) return this.string(false);
    return this.word();
  }

  private object(): boolean {
    const start = this.at;
    const doubled = /^\{\s*\{/.exec(this.text.slice(this.at, this.at + 16));
    if (!doubled) return this.container("}", () => this.member());
    this.at += doubled[0].length - 1;
    this.note("doubled_braces", start, this.at + 1, "{");
    if (!this.container("}", () => this.member())) return false;
    const inner = this.at;
    this.space();
    if (this.text.charAt(this.at) === "}") this.note("doubled_braces", inner, ++this.at, "");
    else this.at = inner;
    return true;
  }

  private member(): boolean {
    const character = this.text.charAt(this.at);
    if (character !== "" && "\"'`".includes(character)) {
      if (!this.string(true)) return false;
    } else {
      const key = /^[A-Za-z_$][\w$-]*/.exec(this.text.slice(this.at, this.at + 100))?.[0];
      if (!key) return false;
      this.replace("unquoted_key", key.length, JSON.stringify(key));
    }
    this.space();
    if (this.text.charAt(this.at) !== ":") return false;
    this.at++;
    this.out.push(":");
    this.space();
    if (this.at < this.text.length) return this.value();
    this.note("missing_value", this.at, this.at, "null");
    this.out.push("null");
    return true;
  }

  /** Reads entries up to `closer`, with commas forgotten or left over, and the closer itself forgotten. */
  private container(closer: string, entry: () => boolean): boolean {
    if (this.open.push(closer) > DEPTH_LIMIT) return false;
    this.out.push(this.text.charAt(this.at++));
    for (let first = true; ; first = false) {
      this.space();
      const before = this.at;
      let comma = -1;
      while (this.text.charAt(this.at) === ",") {
        comma = this.at++;
        this.space();
      }
      const character = this.text.charAt(this.at);
      if (character === closer || character === "" || "}]".includes(character)) {
        if (comma >= 0) this.note("trailing_comma", before, this.at, "");
        if (character === closer) this.at++;
        else this.note("missing_closer", this.at, this.at, closer);
        this.out.push(closer);
        this.open.pop();
        return true;
      }
      if (first && comma >= 0) this.note("stray_comma", before, this.at, "");
      if (!first && comma < 0) this.note("missing_comma", this.at, this.at, ",");
      if (!first) this.out.push(",");
      if (!entry()) return false;
    }
  }

  private string(isKey: boolean): boolean {
    const place = { isKey, open: this.open, afterInner: this.hasInner };
    const { json, end, repairs, hasInner } = readString(this.text, this.at, place);
    this.hasInner ||= hasInner;
    for (const name of repairs) this.note(name, this.at, end, json);
    this.out.push(json);
    this.at = end;
    return true;
  }

  /** A number, a literal in JSON or Python, or an unquoted text up to the next structure. */
  private word(): boolean {
    let end = this.at;
    while (end < this.text.length && !/[,}\]\n"'`{[]/.test(this.text.charAt(end))) end++;
    const word = this.text.slice(this.at, end).trimEnd();
    if (word === "") return false;
    if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word)) {
      this.out.push(word);
      this.at += word.length;
      return true;
    }
    const literal = WORDS.get(word);
    if (literal === word) {
      this.out.push(word);
      this.at += word.length;
    } else if (literal !== undefined) this.replace("python_literal", word.length, literal);
    else this.replace("unquoted_value", word.length, JSON.stringify(word));
    return true;
  }

  private replace(name: RepairName, length: number, json: string): void {
    this.note(name, this.at, this.at + length, json);
    this.out.push(json);
    this.at += length;
  }
}
