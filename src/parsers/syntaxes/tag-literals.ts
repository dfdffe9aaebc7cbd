import type { TagsSpec } from "../../types/index.ts";
import { anyLiteralAt, firstsOf } from "../look.ts";
import type { Setting } from "../opening.ts";
import { afterBreak, NAME_LIMIT } from "./tag-reader.ts";
import type { TagValue } from "./tag-value.ts";

type Kind = "key" | "skipped" | "close" | "around" | "text";

/** The literals of a notation in tags together with those around its calls, and what each means where. */
export class TagLiterals {
  readonly all: readonly string[];
  readonly firsts: string;
  /** What may follow the end of a value, and of a call; a closer before anything else is part of the value. */
  private readonly afterValue: readonly string[];
  private readonly afterCall: readonly string[];
  private readonly openers: readonly string[];
  private readonly spec: TagsSpec;
  private readonly setting: Setting;

  constructor(spec: TagsSpec, setting: Setting) {
    const { name, key, value, close } = spec;
    this.spec = spec;
    this.setting = setting;
    this.openers = setting.around.filter((literal) => !setting.closers.includes(literal));
    this.afterCall = literals([name.open, ...setting.around]);
    this.afterValue = literals([key.open, close, ...this.afterCall]);
    this.all = literals([...this.afterValue, value.open, value.close, key.close.length > 1 ? key.close : ""]);
    this.firsts = firstsOf([...this.all, value.quotes?.close ?? ""]);
  }

  /** What a literal is that stands between values. A closer that belongs to the markers around is left to them. */
  kindOf(found: string | undefined): Kind {
    const { key, close } = this.spec;
    if (found === undefined || found === "more") return "text";
    if (found === key.open) return "key";
    if (this.afterCall.includes(found)) return "around";
    return found === close ? "close" : "skipped";
  }

  /**
   * Where the value ends if it does at `at`: behind its closer, or right there where the closer was forgotten. `taken`: the keys that the
   * call has already, which cannot come again.
   */
  valueEnd(
    text: string,
    at: number,
    final: boolean,
    value: TagValue,
    { tool, taken }: { readonly tool: string; readonly taken: ReadonlySet<string> },
  ): number | "more" | undefined {
    const closer = value.closer();
    const isQuoted = closer !== this.spec.value.close;
    const found = anyLiteralAt(text, at, isQuoted ? [closer] : this.all);
    if (found === undefined) return undefined;
    if (found === "more") return final ? undefined : "more";
    const end = at + found.length;
    if (found === closer) return at === end ? undefined : where(this.endsBehind(text, end, closer, final), end);
    // A value with a tag of its own tells text from tags well enough.
    const isTagged = this.spec.value.open !== "";
    if (found === this.spec.key.open) {
      return value.lineStart || isTagged ? this.declaredKeyAt(text, at, end, final, tool, taken) : undefined;
    }
    if (this.setting.closers.includes(found)) {
      return isTagged ? at : where(this.followed(text, end, this.openers, final), at);
    }
    return found === this.spec.close ? where(this.followed(text, end, this.afterCall, final), at) : undefined;
  }

  /** A key inside a value is the next one, the closer before it forgotten, when the tool declares it. */
  private declaredKeyAt(
    text: string,
    at: number,
    nameAt: number,
    final: boolean,
    name: string,
    taken: ReadonlySet<string>,
  ): number | "more" | undefined {
    const window = text.slice(nameAt, nameAt + NAME_LIMIT);
    const close = window.search(/[>"\n<]/);
    if (close < 0) return final || window.length === NAME_LIMIT ? undefined : "more";
    const key = window.slice(0, close).trim();
    if (taken.has(key)) return undefined;
    const tool = this.setting.tools.find((candidate) => candidate.name === name);
    const properties = tool?.parameters.properties;
    return !properties || Object.hasOwn(properties, key) ? at : undefined;
  }

  /** Whether the value's closer before `from` is its own, and not that of a call which the value shows. */
  private endsBehind(text: string, from: number, closer: string, final: boolean): boolean | "more" {
    const isFollowed = this.followed(text, from, this.afterValue, final);
    const { close } = this.spec;
    if (isFollowed !== true || close === "") return isFollowed;
    const isLast = this.followed(text, from, [close], false);
    if (isLast !== true) return isFollowed;
    const behind = text.indexOf(close, from) + close.length;
    const isShown = this.followed(text, behind, [closer], false);
    return isShown === "more" ? final || "more" : !isShown;
  }

  /** Whether white space and then one of `after`, or the end of the answer, follows. */
  private followed(text: string, from: number, after: readonly string[], final: boolean): boolean | "more" {
    const at = afterBreak(text, from);
    if (at === "more" || at >= text.length) return final ? true : "more";
    const found = anyLiteralAt(text, at, after);
    return found === "more" ? !final && "more" : found !== undefined;
  }
}

const where = (followed: boolean | "more", end: number): number | "more" | undefined =>
  followed === "more" ? "more" : followed ? end : undefined;

/** Longer ones first, so that none hides one that begins with it. */
const literals = (texts: readonly string[]): string[] =>
  [...new Set(texts)].filter((text) => text !== "").sort((a, b) => b.length - a.length);
