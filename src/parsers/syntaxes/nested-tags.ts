import type { TagsSpec } from "../../types/index.ts";
import { judgeArguments } from "../calls/json-call.ts";
import { judgeTaggedCall } from "../calls/tagged-call.ts";
import type { TaggedValue } from "../calls/tagged-value.ts";
import { UNCLOSED_TEXT } from "../json/strings.ts";
import { anyLiteralAt } from "../look.ts";
import type { Body, Ending, Setting, Verdict } from "../opening.ts";
import { TagReader } from "./tag-reader.ts";

interface Node {
  readonly key: string;
  readonly pieces: string[];
  readonly members: TaggedValue[];
}

/** Deeper tags are text. */
const DEPTH_LIMIT = 64;

/** The inside of a call whose arguments are tags named by their keys, in each other for objects and lists. */
export class NestedTagsBody implements Body {
  private state: "name" | "between" | "key" | "closer" = "name";
  private tag: TagReader;
  private name = "";
  private isClosed = false;
  private missingClosers = 0;
  private readonly stack: Node[] = [{ key: "", pieces: [], members: [] }];
  private readonly literals: readonly string[];
  private readonly spec: TagsSpec;
  private readonly setting: Setting;

  constructor(spec: TagsSpec, setting: Setting) {
    this.spec = spec;
    this.setting = setting;
    this.tag = new TagReader(spec.name);
    const { name, key, value, close } = spec;
    this.literals = [...new Set([close, ...setting.around, name.open, value.close, key.open])].sort(
      (a, b) => b.length - a.length,
    );
  }

  read(text: string, from: number, final: boolean): { readonly at: number; readonly done: boolean } {
    let at = from;
    while (at < text.length && !this.isClosed) {
      const next = this.step(text, at, final);
      if (next === "more") return { at, done: false };
      at = next;
    }
    return { at, done: this.isClosed };
  }

  judge(_text: string, ending: Ending): Verdict {
    const isUnclosed = !this.isClosed && this.stack.length > 1;
    this.closeTo(1);
    const { spec, setting } = this;
    const { members, pieces } = this.stack[0]!;
    const name = this.name || this.tag.text();
    const loose = pieces.join("").trim();
    if (members.length === 0 && loose.startsWith("{")) return judgeArguments(name, loose, ending, setting);
    const missing = this.missingClosers + (ending === "open" ? 1 : 0);
    const repairs =
      missing > 0 ? [{ name: "missing_closer", before: "", after: spec.value.close.repeat(missing) }] : [];
    if (isUnclosed) repairs.push({ name: UNCLOSED_TEXT, before: "", after: "" });
    return judgeTaggedCall({ name, values: members, repairs }, ending, setting);
  }

  private step(text: string, at: number, final: boolean): number | "more" {
    if (this.state !== "between") return this.readTag(text, at, final);
    const next = text.indexOf(this.spec.key.open.charAt(0), at);
    const end = next < 0 ? text.length : next;
    if (end > at) {
      this.stack.at(-1)!.pieces.push(text.slice(at, end));
      return end;
    }
    const found = anyLiteralAt(text, at, this.literals);
    if (found === "more" && !final) return "more";
    return this.take(found, text, at);
  }

  private take(found: string | undefined, text: string, at: number): number {
    const { name, key, value, close } = this.spec;
    if (found === close || found === name.open || (found && this.setting.around.includes(found))) {
      this.closeTo(1);
      this.isClosed = true;
      return found === close ? at + found.length : at;
    }
    if (found === value.close || (found === key.open && this.stack.length < DEPTH_LIMIT)) {
      this.tag = new TagReader(key);
      this.state = found === key.open ? "key" : "closer";
      return at + found.length;
    }
    this.stack.at(-1)!.pieces.push(text.charAt(at));
    return at + 1;
  }

  private readTag(text: string, at: number, final: boolean): number | "more" {
    const next = this.tag.read(text, at, final);
    if (next === "more" || !this.tag.done) return next;
    const key = this.tag.text();
    if (this.state === "name") {
      this.name = key;
      this.isClosed = this.tag.isClosed();
    } else if (this.state === "key") this.stack.push({ key, pieces: [], members: [] });
    else {
      const depth = this.stack.findLastIndex((node, index) => index > 0 && node.key === key);
      if (depth > 0) {
        this.closeTo(depth + 1);
        this.pop();
      }
    }
    this.state = "between";
    return next;
  }

  /** Ends values whose closers were forgotten until so many are open. */
  private closeTo(size: number): void {
    while (this.stack.length > size) {
      this.missingClosers++;
      this.pop();
    }
  }

  private pop(): void {
    const { key, pieces, members } = this.stack.pop()!;
    const raw = pieces.join("");
    this.stack.at(-1)!.members.push({ key, raw, untyped: this.spec.untyped, members });
  }
}
