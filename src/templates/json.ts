import type { RenderValue } from "./engine.ts";
import { Numeral } from "./numbers.ts";

/** Text in which JavaScript's own reader could lose something: fractions, exponents, long integers, or keys like `"1"`. */
const NEEDS_CARE = /\d[.eE]|\d{16}|"\d+"\s*:/;

/**
 * Reads JSON as the server does: keys keep their order (JavaScript moves keys like `1` to the front) and numbers their digits.
 * Throws `SyntaxError` as `JSON.parse` does.
 */
export function parseJson(text: string): RenderValue {
  const plain = JSON.parse(text) as RenderValue;
  return NEEDS_CARE.test(text) ? new Reader(text).value() : plain;
}

/** Token by token over text already known to be valid. */
class Reader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = text.match(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  }

  value(): RenderValue {
    const token = this.#tokens[this.#at++]!;
    if (token === "[") return this.#list();
    if (token === "{") return this.#object();
    return /^[-\d]/.test(token) ? new Numeral(token) : (JSON.parse(token) as RenderValue);
  }

  #list(): RenderValue {
    const items: RenderValue[] = [];
    while (!this.#ends("]")) items.push(this.value());
    return items;
  }

  #object(): RenderValue {
    const entries = new Map<string, RenderValue>();
    while (!this.#ends("}")) {
      const key = JSON.parse(this.#tokens[this.#at]!) as string;
      this.#at += 2;
      entries.set(key, this.value());
    }
    return entries;
  }

  /** Steps over a comma or the closing bracket; true at the bracket. */
  #ends(bracket: string): boolean {
    const token = this.#tokens[this.#at];
    if (token === bracket || token === ",") this.#at += 1;
    return token === bracket;
  }
}
