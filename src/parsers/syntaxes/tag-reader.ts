import type { TagsSpec } from "../../types/index.ts";
import { literalAt, skipSpace } from "../look.ts";

/** The longest name of a tool or a parameter, and the longest attributes behind it, in characters. */
export const NAME_LIMIT = 200;

/** Where white space ends, with one line break in it that is written as an escape; `more` inside of that. */
export function afterBreak(text: string, from: number): number | "more" {
  const at = skipSpace(text, from);
  const escaped = literalAt(text, at, "\\n");
  return escaped === "more" && at < text.length ? "more" : escaped === "yes" ? skipSpace(text, at + 2) : at;
}

/** Reads a tag that holds a name, behind its opening literal; `done` when it stands behind the tag. */
export class TagReader {
  name = "";
  attributes = "";
  done = false;
  private inName = true;
  private readonly spec: TagsSpec["name"];
  /** Characters that end a name whose closing literal was forgotten. */
  private readonly stops: string;

  constructor(spec: TagsSpec["name"]) {
    const { close, end } = spec;
    this.spec = spec;
    this.stops = close.length > 1 ? "" : `\n${end === undefined ? "<" : end.length === 1 ? end : ""}`;
  }

  /** Reads on; `more` where the text ends inside a literal, with nothing taken. */
  read(text: string, from: number, final: boolean): number | "more" {
    const { close, end } = this.spec;
    const literal = this.inName ? close : (end ?? "");
    const stops = literal.charAt(0) + (this.inName ? this.stops : "");
    let at = from;
    const room = NAME_LIMIT - (this.inName ? this.name : this.attributes).length;
    while (at < text.length && at - from < room && !stops.includes(text.charAt(at))) at++;
    this.take(text.slice(from, at));
    if (at === text.length) return at;
    const look = at - from < room ? literalAt(text, at, literal) : "no";
    if (look === "more" && !final) return at > from ? at : "more";
    if (look === "yes") {
      if (this.inName && end !== undefined) this.inName = false;
      else this.done = true;
      return at + literal.length;
    }
    if (at - from >= room || this.stops.includes(text.charAt(at))) {
      const last = end === undefined ? "no" : literalAt(text, at, end);
      if (last === "more" && !final) return at > from ? at : "more";
      this.done = true;
      return last === "yes" ? at + end!.length : at;
    }
    this.take(text.charAt(at));
    return at + 1;
  }

  /** The name as it was meant: in an attribute, entities stand for what they name. */
  text(): string {
    const name = this.name.trim();
    return this.spec.end === undefined
      ? name
      : name.replace(/&(amp|lt|gt|quot|apos);/g, (_, key: string) => ENTITIES[key]!);
  }

  /** Whether the tag closes itself: `<invoke name="f"/>`. */
  isClosed(): boolean {
    return this.attributes.trimEnd().endsWith("/");
  }

  private take(piece: string): void {
    if (this.inName) this.name += piece;
    else this.attributes += piece;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
