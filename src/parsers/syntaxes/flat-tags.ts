import type { RepairName, TagsSpec } from "../../types/index.ts";
import type { TaggedValue } from "../calls/tagged-value.ts";
import { ObjectReader } from "../json/object-reader.ts";
import { anyLiteralAt, isBlank } from "../look.ts";
import type { Ending, Setting, Verdict } from "../opening.ts";
import { TagLiterals } from "./tag-literals.ts";
import { TagReader } from "./tag-reader.ts";
import { TagValue } from "./tag-value.ts";
import { TagsBody } from "./tags-body.ts";

/** The inside of a call in tags whose values are raw text, which may hold tags of its own. */
export class FlatTagsBody extends TagsBody {
  private state: "name" | "between" | "json" | "key" | "value";
  private key = "";
  private readonly taken = new Set<string>();
  private value: TagValue;
  /** Text outside parameters: models put the arguments there as JSON. */
  private readonly loose: string[] = [];
  private hasLoose = false;
  /** The tag is followed by words: it is talked about. */
  private isProse = false;
  private readonly values: TaggedValue[] = [];
  private readonly repaired = new Set<RepairName>();
  private readonly literals: TagLiterals;
  /** Finds the end of arguments that are written as JSON. */
  private readonly json: ObjectReader;

  /** `name`: the tool's, where it stands before the body and in no tag. */
  constructor(spec: TagsSpec, setting: Setting, name = "") {
    super(spec, setting, name);
    this.state = name === "" ? "name" : "between";
    this.literals = new TagLiterals(spec, setting);
    this.json = new ObjectReader(setting.fence, [spec.close, ...setting.around]);
    this.value = new TagValue(spec);
  }

  judge(_text: string, ending: Ending): Verdict {
    const isUnclosed = this.state === "value" && !this.isClosed;
    if (isUnclosed) this.endValue(true);
    const { values, setting } = this;
    if (this.isProse && setting.notation !== "native") return { type: "text", reason: "words follow the tag" };
    const loose = this.loose.join("").trim();
    const repairs = [...this.repaired].map((repair) => ({ name: repair, before: "", after: "" }));
    return this.judgeCall({ values, loose, isUnclosed, repairs }, ending);
  }

  protected step(text: string, at: number, final: boolean): number | "more" {
    switch (this.state) {
      case "name": {
        const next = this.readName(text, at, final);
        if (this.tag.done) this.state = "between";
        return next;
      }
      case "key":
        return this.readKey(text, at, final);
      case "value":
        return this.readValue(text, at, final);
      case "json":
        return this.readJson(text, at, final);
      default:
        return this.readBetween(text, at, final);
    }
  }

  private readKey(text: string, at: number, final: boolean): number | "more" {
    const next = this.tag.read(text, at, final);
    if (next === "more" || !this.tag.done) return next;
    this.key = this.tag.text();
    this.taken.add(this.key);
    this.value = new TagValue(this.spec);
    this.state = "value";
    if (this.tag.isClosed()) this.endValue(false);
    return next;
  }

  private readBetween(text: string, from: number, final: boolean): number | "more" {
    let at = from;
    while (at < text.length && !this.literals.firsts.includes(text.charAt(at))) {
      if (!isBlank(text, at)) {
        if (this.beginsProse(text.charAt(at))) return this.close(at);
        if (this.state === "json") break;
      }
      at++;
    }
    if (at > from || this.state === "json") {
      this.loose.push(text.slice(from, at));
      return at;
    }
    const found = anyLiteralAt(text, at, this.literals.all);
    if (found === "more" && !final) return "more";
    switch (this.literals.kindOf(found)) {
      case "key":
        this.tag = new TagReader(this.spec.key);
        this.state = "key";
        return at + found!.length;
      case "skipped":
        return at + found!.length;
      case "close":
        return this.close(at + found!.length);
      case "around":
        return this.close(at);
      default:
        // A literal in which the answer breaks off is no prose: the call goes on.
        if (found === "more") this.hasLoose = true;
        else if (this.beginsProse(text.charAt(at))) return this.close(at);
        this.loose.push(text.charAt(at));
        return at + 1;
    }
  }

  /** Whether the first thing behind the tool's name is neither a parameter nor JSON. */
  private beginsProse(character: string): boolean {
    if (this.hasLoose || this.values.length > 0) return false;
    this.hasLoose = true;
    this.isProse = character !== "{";
    if (!this.isProse) this.state = "json";
    return this.isProse;
  }

  private readJson(text: string, from: number, final: boolean): number | "more" {
    const { at, done } = this.json.read(text, from, final);
    if (done) this.state = "between";
    else if (at === from) return "more";
    this.loose.push(text.slice(from, at));
    return at;
  }

  private readValue(text: string, from: number, final: boolean): number | "more" {
    let at = from;
    while (at < text.length && !this.literals.firsts.includes(text.charAt(at))) at++;
    this.value.take(text.slice(from, at));
    if (at > from) return at;
    const opener = this.value.openerAt(text, at);
    if (opener === "more" && !final) return "more";
    if (typeof opener === "number") return opener;
    const end = this.literals.valueEnd(text, at, final, this.value, { tool: this.name, taken: this.taken });
    if (end === "more") return "more";
    if (end === undefined) {
      this.value.take(text.charAt(at));
      return at + 1;
    }
    this.endValue(end === at);
    return end;
  }

  private close(at: number): number {
    this.isClosed = true;
    return at;
  }

  private endValue(closerMissing: boolean): void {
    const raw = this.value.text();
    this.state = "between";
    if (closerMissing) this.missingClosers++;
    if (raw === undefined) this.repaired.add("missing_value");
    else this.values.push({ key: this.key, raw, untyped: this.untyped() });
    if (raw !== undefined && !this.value.wasOpened) this.repaired.add("missing_value_tag");
  }

  /** What the value is where the schema does not say: by the flags in its tag, else by the family's habit. */
  private untyped(): TagsSpec["untyped"] {
    const { textFlags, untyped } = this.spec;
    const { attributes } = this.tag;
    if (textFlags.length === 0 || attributes.trim() === "") return untyped;
    return textFlags.some((flag) => attributes.includes(flag)) ? "text" : "json";
  }
}
