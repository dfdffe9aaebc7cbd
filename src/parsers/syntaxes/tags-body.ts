import type { Repair, TagsSpec } from "../../types/index.ts";
import { judgeArguments } from "../calls/json-call.ts";
import { judgeTaggedCall } from "../calls/tagged-call.ts";
import type { TaggedValue } from "../calls/tagged-value.ts";
import { UNCLOSED_TEXT } from "../json/strings.ts";
import type { Body, Ending, Setting, Verdict } from "../opening.ts";
import { TagReader } from "./tag-reader.ts";

/** What the arguments of a call in tags came to. */
interface Arguments {
  readonly values: readonly TaggedValue[];
  /** Text outside them: models put the arguments there as JSON. */
  readonly loose: string;
  /** The last value was not closed. */
  readonly isUnclosed: boolean;
  readonly repairs?: readonly Repair[];
}

/** The inside of a call in tags, read step by step: the rest of the tag that holds the name, then the arguments. */
export abstract class TagsBody implements Body {
  protected readonly spec: TagsSpec;
  protected readonly setting: Setting;
  /** The tool's, as far as it has come. */
  protected name: string;
  /** The tag that is read, or was read last. */
  protected tag: TagReader;
  protected isClosed = false;
  protected missingClosers = 0;

  constructor(spec: TagsSpec, setting: Setting, name: string) {
    this.spec = spec;
    this.setting = setting;
    this.name = name;
    this.tag = new TagReader(spec.name);
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

  abstract judge(text: string, ending: Ending): Verdict;

  /** Reads on at `at`; returns where it stopped, or `more` where the text ends inside a literal. */
  protected abstract step(text: string, at: number, final: boolean): number | "more";

  /** Reads on in the tag of the name, which is the whole call where it closes itself. */
  protected readName(text: string, at: number, final: boolean): number | "more" {
    const next = this.tag.read(text, at, final);
    this.name = this.tag.text();
    this.isClosed = this.tag.done && this.tag.isClosed();
    return next;
  }

  protected judgeCall({ values, loose, isUnclosed, repairs = [] }: Arguments, ending: Ending): Verdict {
    const { name, spec, setting } = this;
    if (values.length === 0 && loose.startsWith("{")) return judgeArguments(name, loose, ending, setting);
    const missing = this.missingClosers + (ending === "open" ? 1 : 0);
    const closers: Repair = { name: "missing_closer", before: "", after: spec.value.close.repeat(missing) };
    const unclosed: Repair = { name: UNCLOSED_TEXT, before: "", after: "" };
    const all = [...repairs, ...(missing > 0 ? [closers] : []), ...(isUnclosed ? [unclosed] : [])];
    return judgeTaggedCall({ name, values, repairs: all }, ending, setting);
  }
}
