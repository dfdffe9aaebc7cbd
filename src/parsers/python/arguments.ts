import type { Repair } from "../../types/index.ts";
import { Cursor } from "../cursor.ts";
import { readPythonString } from "./strings.ts";

/** How deep containers may lie in each other. */
const DEPTH_LIMIT = 100;

const WORDS: ReadonlyMap<string, string> = new Map([
  ["True", "true"],
  ["False", "false"],
  ["None", "null"],
  ["true", "true"],
  ["false", "false"],
  ["null", "null"],
  ["nan", "null"],
  ["NaN", "null"],
]);

/** The arguments of a call in Python, each as JSON text. */
export interface PythonArguments {
  readonly keywords: ReadonlyMap<string, string>;
  readonly positional: readonly string[];
  readonly repairs: readonly Repair[];
}

/** Reads the text between a call's parentheses; undefined where it is no list of values. Never throws. */
export function readPythonArguments(text: string): PythonArguments | undefined {
  return new ArgumentReader(text).read();
}

class ArgumentReader extends Cursor {
  private depth = 0;

  read(): PythonArguments | undefined {
    const keywords = new Map<string, string>();
    const positional: string[] = [];
    for (;;) {
      this.space();
      if (this.at >= this.text.length) return { keywords, positional, repairs: this.repairs };
      const key = /^([^\W\d][\w-]*)\s{0,8}=(?!=)/u.exec(this.text.slice(this.at, this.at + 128));
      if (key) this.at += key[0].length;
      this.space();
      const value = this.value();
      if (value === undefined) return undefined;
      if (key) keywords.set(key[1]!, value);
      else positional.push(value);
      this.space();
      if (this.at < this.text.length && this.text.charAt(this.at++) !== ",") return undefined;
    }
  }

  private value(): string | undefined {
    const character = this.text.charAt(this.at);
    if (character === "{") return this.braces();
    if (character === "[") return this.list("]");
    if (character === "(") return this.list(")");
    return this.string() ?? this.word();
  }

  private string(): string | undefined {
    const found = readPythonString(this.text, this.at);
    if (!found) return undefined;
    const json = JSON.stringify(found.value);
    for (const name of found.repairs) this.note(name, this.at, found.end, json);
    this.at = found.end;
    return json;
  }

  /** A list or a tuple. */
  private list(closer: string): string | undefined {
    const items = this.items(closer, () => this.value());
    return items && `[${items.join(", ")}]`;
  }

  /** A dictionary, or a set as a list; no mixture of the two. */
  private braces(): string | undefined {
    let members = 0;
    const entries = this.items("}", () => {
      const key = this.value();
      this.space();
      if (key === undefined) return undefined;
      if (this.text.charAt(this.at) !== ":") {
        members++;
        return key;
      }
      this.at++;
      this.space();
      const value = this.value();
      return value === undefined ? undefined : `${key.startsWith('"') ? key : JSON.stringify(key)}: ${value}`;
    });
    if (!entries || (members > 0 && members < entries.length)) return undefined;
    return members > 0 ? `[${entries.join(", ")}]` : `{${entries.join(", ")}}`;
  }

  private items(closer: string, entry: () => string | undefined): string[] | undefined {
    if (++this.depth > DEPTH_LIMIT) return undefined;
    const items: string[] = [];
    this.at++;
    for (;;) {
      this.space();
      if (this.at >= this.text.length || this.text.charAt(this.at) === closer) {
        if (this.at >= this.text.length) this.note("missing_closer", this.at, this.at, closer);
        this.at++;
        this.depth--;
        return items;
      }
      const item = entry();
      if (item === undefined) return undefined;
      items.push(item);
      this.space();
      if (this.text.charAt(this.at) === ",") this.at++;
      else if (this.at < this.text.length && this.text.charAt(this.at) !== closer) return undefined;
    }
  }

  /** A number, a literal of Python or JSON, or text without quotes. */
  private word(): string | undefined {
    const start = this.at;
    while (this.at < this.text.length && !/[,)\]}:({["'\n=]/.test(this.text.charAt(this.at))) this.at++;
    const word = this.text.slice(start, this.at).trim();
    const json = WORDS.get(word) ?? numberOf(word);
    if (json !== undefined) return json;
    if (!/^[\p{L}_]/u.test(word)) return undefined;
    this.note("unquoted_value", start, this.at, JSON.stringify(word));
    return JSON.stringify(word);
  }
}

/** A number of Python as JSON, its own digits kept where JSON has them too. */
function numberOf(word: string): string | undefined {
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word)) return word;
  if (!/^[+-]?(?:0[xXoObB][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)$/.test(word))
    return undefined;
  const value = Number(word.replaceAll("_", "").replace(/^[+-]/, ""));
  return Number.isFinite(value) ? String(word.startsWith("-") ? -value : value) : undefined;
}
