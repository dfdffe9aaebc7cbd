import { judgeTaggedCall } from "../calls/tagged-call.ts";
import { UNCLOSED_TEXT } from "../json/strings.ts";
import { anyLiteralAt, literalAt, skipSpace } from "../look.ts";
import type { Body, Ending, Setting, Syntax, Verdict } from "../opening.ts";

const KEY = "<arg_key>";
const KEY_CLOSE = "</arg_key>";
const VALUE = "<arg_value>";
const VALUE_CLOSE = "</arg_value>";
const CLOSE = "</tool_call>";

/** The longest name of a tool, in characters. */
const NAME_LIMIT = 128;

/** `NAME<arg_key>key</arg_key><arg_value>value</arg_value></tool_call>`, with line breaks between the tags or without. */
export const argKey: Syntax = {
  firsts: "",
  start(text, at, setting) {
    let end = at;
    while (end < text.length && end - at <= NAME_LIMIT && /[^\s<>{}"'\\[\]]/.test(text.charAt(end))) end++;
    if (end >= text.length) return { type: "more" };
    if (end === at || end - at > NAME_LIMIT) return { type: "none" };
    const { at: tag, found } = tagAfter(text, end, [KEY, CLOSE]);
    if (found === undefined || found === "more") return { type: found ?? "none" };
    return { type: "body", body: new ArgKeyBody(text.slice(at, end), tag - at, setting) };
  },
};

/** The tag of `tags` after white space (a line break may be written as an escape), and where it begins. */
function tagAfter(text: string, from: number, tags: readonly string[]): { at: number; found: string | undefined } {
  const start = skipSpace(text, from);
  const escaped = literalAt(text, start, "\\n");
  const at = escaped === "yes" ? skipSpace(text, start + 2) : start;
  return { at, found: at >= text.length || escaped === "more" ? "more" : anyLiteralAt(text, at, tags) };
}

class ArgKeyBody implements Body {
  private state: "between" | "key" | "value" = "between";
  private pieces: string[] = [];
  private key = "";
  /** What the value began with: its tag, or text in the tag's place. */
  private valueStart: "unknown" | "tag" | "text" = "unknown";
  private readonly values: (readonly [string, string])[] = [];
  private readonly repaired = new Set<string>();
  private readonly name: string;
  private skip: number;
  private readonly setting: Setting;

  constructor(name: string, skip: number, setting: Setting) {
    this.name = name;
    this.skip = skip;
    this.setting = setting;
  }

  read(text: string, from: number, final: boolean): { readonly at: number; readonly done: boolean } {
    let at = from + this.skip;
    this.skip = 0;
    while (at < text.length) {
      const next = text.indexOf("<", at);
      const end = next < 0 ? text.length : next;
      if (this.state !== "between") this.pieces.push(text.slice(at, end));
      at = end;
      if (at === text.length) break;
      const length = this.tag(text, at, final);
      if (length === "more") return { at, done: false };
      if (length === "done") return { at, done: true };
      at += length;
    }
    return { at, done: false };
  }

  judge(_text: string, ending: Ending): Verdict {
    if (this.state === "value") {
      this.repaired.add(UNCLOSED_TEXT);
      this.endValue();
    }
    if (ending === "open") this.repaired.add("missing_closer");
    const repairs = [...this.repaired].map((name) => ({ name, before: "", after: "" }));
    return judgeTaggedCall({ name: this.name, values: this.values, repairs }, ending, this.setting);
  }

  /** Takes the `<` at `at` as a tag or as text; returns how much was taken. */
  private tag(text: string, at: number, final: boolean): number | "more" | "done" {
    const found = anyLiteralAt(text, at, [KEY, KEY_CLOSE, VALUE, VALUE_CLOSE, CLOSE]);
    if (found === "more" && !final) return "more";
    if (this.state === "between") {
      if (found === CLOSE) return "done";
      if (found === KEY) this.state = "key";
      return found && found !== "more" ? found.length : 1;
    }
    if (this.state === "key") {
      if (found !== KEY_CLOSE) return this.text("<");
      this.key = this.pieces.join("").trim();
      this.pieces = [];
      this.state = "value";
      this.valueStart = "unknown";
      return found.length;
    }
    return this.valueTag(text, at, final, found);
  }

  private valueTag(text: string, at: number, final: boolean, found: string | undefined): number | "more" {
    if (found === VALUE && this.valueStart === "unknown") {
      this.valueStart = /^(?:\s|\\n)*$/.test(this.pieces.join("")) ? "tag" : "text";
      if (this.valueStart === "text") return this.text("<");
      this.pieces = [];
      return found.length;
    }
    if (found === VALUE_CLOSE) {
      const { at: next, found: after } = tagAfter(text, at + found.length, [KEY, CLOSE]);
      if (after === "more" && !final) return "more";
      const isLast = final && next >= text.length;
      if (!isLast && (after === undefined || after === "more")) return this.text("<");
      this.endValue();
      return found.length;
    }
    if (found === KEY || found === CLOSE) {
      this.repaired.add("missing_closer");
      this.endValue();
      return 0;
    }
    return this.text("<");
  }

  private text(piece: string): number {
    this.pieces.push(piece);
    return piece.length;
  }

  private endValue(): void {
    const raw = this.pieces.join("");
    const opened = this.valueStart === "tag";
    if (!opened) this.repaired.add("missing_value_tag");
    this.values.push([this.key, opened ? raw : raw.trim()]);
    this.pieces = [];
    this.state = "between";
  }
}
