import type { TagsSpec } from "../../types/index.ts";
import type { TaggedValue } from "../calls/tagged-value.ts";
import { anyLiteralAt } from "../look.ts";
import type { Ending, Setting, Verdict } from "../opening.ts";
import { TagReader } from "./tag-reader.ts";
import { TagsBody } from "./tags-body.ts";

interface Node {
  readonly key: string;
  readonly pieces: string[];
  readonly members: TaggedValue[];
}

/** Deeper tags are text. */
const DEPTH_LIMIT = 64;

/** The inside of a call whose arguments are tags named by their keys, in each other for objects and lists. */
export class NestedTagsBody extends TagsBody {
  private state: "name" | "between" | "key" | "closer" = "name";
  private readonly stack: Node[] = [{ key: "", pieces: [], members: [] }];
  private readonly literals: readonly string[];

  constructor(spec: TagsSpec, setting: Setting) {
    super(spec, setting, "");
    const { name, key, value, close } = spec;
    this.literals = [...new Set([close, ...setting.around, name.open, value.close, key.open])].sort(
      (a, b) => b.length - a.length,
    );
  }

  judge(_text: string, ending: Ending): Verdict {
    const isUnclosed = !this.isClosed && this.stack.length > 1;
    this.closeTo(1);
    const { members, pieces } = this.stack[0]!;
    return this.judgeCall({ values: members, loose: pieces.join("").trim(), isUnclosed }, ending);
  }

  protected step(text: string, at: number, final: boolean): number | "more" {
    if (this.state === "name") {
      const next = this.readName(text, at, final);
      if (this.tag.done) this.state = "between";
      return next;
    }
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
    if (this.state === "key") this.stack.push({ key, pieces: [], members: [] });
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
