import type { ParameterSchema, Repair } from "../../types/index.ts";
import { typedValue } from "../calls/typed-value.ts";
import { Cursor } from "../cursor.ts";
import { readString } from "../json/strings.ts";
import { endsValue } from "./reader.ts";

/** How deep containers may lie in each other. */
const DEPTH_LIMIT = 100;

/** What a comma that ends a value stands before: a key, or the end of the object. */
const AFTER_COMMA = /^\s*(?:["']?[\w-]+["']?\s*:|[}\]]|$)/;

/** JSON text of an object with unquoted keys, and what had to be mended. */
export interface BareKeysRead {
  readonly json: string;
  readonly repairs: readonly Repair[];
}

interface Options {
  readonly quote: string;
  /** Markers around calls; one at the end of the text is no part of an unclosed string. */
  readonly markers: readonly string[];
  /** What values without quotes are typed by. */
  readonly schema: ParameterSchema;
}

/** Reads `{key:value,…}`; undefined where it is no object. Never throws. */
export function readBareKeys(text: string, options: Options): BareKeysRead | undefined {
  const reader = new Values(text, options);
  const json = reader.value(options.schema);
  return json?.startsWith("{") ? { json, repairs: reader.repairs } : undefined;
}

class Values extends Cursor {
  private depth = 0;
  private isInList = false;
  private readonly options: Options;

  constructor(text: string, options: Options) {
    super(text);
    this.options = options;
  }

  /** JSON text of the value that begins here; undefined where containers lie too deep. */
  value(schema: ParameterSchema | undefined): string | undefined {
    this.space();
    const { quote } = this.options;
    if (this.text.startsWith(quote, this.at)) return this.string(quote);
    const character = this.text.charAt(this.at);
    if (character === "{") return this.object(schema);
    if (character === "[") return this.list(schema?.items);
    if (character === '"' || character === "'") return this.plainString();
    return this.word(schema);
  }

  private object(schema: ParameterSchema | undefined): string | undefined {
    const properties = schema?.properties ?? {};
    const entries = this.entries("}", () => {
      const start = this.at;
      while (this.at < this.text.length && !":}".includes(this.text.charAt(this.at))) this.at++;
      const key = this.text
        .slice(start, this.at)
        .replaceAll(this.options.quote, "")
        .trim()
        .replace(/^["'](.*)["']$/s, "$1");
      if (this.text.charAt(this.at) !== ":") return undefined;
      this.at++;
      const value = this.value(Object.hasOwn(properties, key) ? properties[key] : undefined);
      return value === undefined ? undefined : `${JSON.stringify(key)}: ${value}`;
    });
    return entries && `{${entries.join(", ")}}`;
  }

  private list(items: ParameterSchema | undefined): string | undefined {
    const entries = this.entries("]", () => this.value(items));
    return entries && `[${entries.join(", ")}]`;
  }

  private entries(closer: string, entry: () => string | undefined): string[] | undefined {
    if (++this.depth > DEPTH_LIMIT) return undefined;
    const entries: string[] = [];
    const outer = this.isInList;
    this.isInList = closer === "]";
    this.at++;
    for (;;) {
      this.space();
      const character = this.text.charAt(this.at);
      if (character === "" || character === "}" || character === "]") {
        if (character === closer) this.at++;
        else this.note("missing_closer", this.at, this.at, closer);
        this.depth--;
        this.isInList = outer;
        return entries;
      }
      if (character === ",") this.at++;
      else {
        const found = entry();
        if (found === undefined) return undefined;
        entries.push(found);
      }
    }
  }

  private string(quote: string): string {
    const start = this.at + quote.length;
    for (let end = start; ; end += quote.length) {
      end = this.text.indexOf(quote, end);
      if (end < 0) return this.unclosed(start);
      if (!endsValue(this.text, end + quote.length, this.options.markers, true)) continue;
      this.at = end + quote.length;
      return JSON.stringify(this.text.slice(start, end));
    }
  }

  /** A string whose end was forgotten: what is left, without the closers of the call. */
  private unclosed(start: number): string {
    let rest = this.text.slice(start);
    const closer = this.options.markers.find((literal) => rest.endsWith(literal));
    if (closer) rest = rest.slice(0, -closer.length).replace(/[}\]\s]+$/, "");
    const json = JSON.stringify(rest);
    this.note(closer ? "missing_delimiter" : "unclosed_text", start, this.text.length, json);
    this.at = this.text.length;
    return json;
  }

  private plainString(): string {
    const { json, end, repairs } = readString(this.text, this.at, { isKey: false, afterInner: false });
    for (const name of repairs) this.note(name, this.at, end, json);
    this.at = end;
    return json;
  }

  /** Text without quotes, up to the next structure; in an object a comma is part of it where no key follows. */
  private word(schema: ParameterSchema | undefined): string {
    const start = this.at;
    for (; this.at < this.text.length; this.at++) {
      const character = this.text.charAt(this.at);
      if (character === "}" || character === "]") break;
      if (character === "," && (this.isInList || AFTER_COMMA.test(this.text.slice(this.at + 1, this.at + 80)))) break;
    }
    const typed = typedValue(this.text.slice(start, this.at).trim(), schema, "json");
    this.repairs.push(...typed.repairs);
    return typed.json;
  }
}
