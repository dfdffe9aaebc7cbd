import type { RenderValue } from "./engine.ts";

/**
 * Reads JSON with the order of keys kept (JavaScript objects move keys like `1` to the front; the server does not).
 * Throws `SyntaxError` as `JSON.parse` does.
 */
export function parseJson(text: string): RenderValue {
  const plain: unknown = JSON.parse(text);
  return hasIndexKey(plain) ? new Reader(text).value() : (plain as RenderValue);
}

/** True where an object inside has a key that JavaScript would move. */
function hasIndexKey(value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  if (Array.isArray(value)) return value.some(hasIndexKey);
  return Object.entries(value).some(([key, item]) => /^(0|[1-9]\d*)$/.test(key) || hasIndexKey(item));
}

/** Token by token over text already known to be valid. */
class Reader {
  readonly #tokens: string[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  }

  value(): RenderValue {
    const token = this.#tokens[this.#at++]!;
    if (token === "[") return this.#list();
    if (token === "{") return this.#object();
    return JSON.parse(token) as RenderValue;
  }

  #list(): RenderValue {
    const items: RenderValue[] = [];
    while (this.#tokens[this.#at] !== "]") {
      if (this.#tokens[this.#at] === ",") this.#at += 1;
      items.push(this.value());
    }
    this.#at += 1;
    return items;
  }

  #object(): RenderValue {
    const entries = new Map<string, RenderValue>();
    while (this.#tokens[this.#at] !== "}") {
      if (this.#tokens[this.#at] === ",") this.#at += 1;
      const key = JSON.parse(this.#tokens[this.#at]!) as string;
      this.#at += 2;
      entries.set(key, this.value());
    }
    this.#at += 1;
    return entries;
  }
}
