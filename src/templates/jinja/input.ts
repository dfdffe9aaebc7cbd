import type { RenderValue } from "../engine.ts";
import { Numeral } from "../numbers.ts";
import { type Origin, originPath } from "./origin.ts";
import type { Quirks } from "./quirks.ts";
import { Text } from "./text.ts";
import { Dict, type KeyValue, List, Num, Undefined, type Value } from "./values.ts";

/** Stands in a path of what was read for the items of a list that has none, where the template would have gone through them. */
export const ITEMS = "*";

/** The place of an input value, with the keys and items that the template has looked at there. */
export class InputOrigin implements Origin {
  readonly parent: InputOrigin | undefined;
  readonly key: string | number;
  reads: Set<KeyValue> | undefined;
  /** So many of its items, from the first on, have been noted as looked at. */
  through = 0;

  constructor(parent: InputOrigin | undefined, key: string | number) {
    this.parent = parent;
    this.key = key;
  }
}

/** The variables of a render, made into the engine's values when they are first asked for. */
export class Input {
  readonly #variables: ReadonlyMap<string, RenderValue>;
  readonly #integers: Quirks["integers"];
  readonly #values = new Map<string, Value>();
  readonly #names = new Set<string>();
  readonly #looked: InputOrigin[] = [];

  constructor(variables: Readonly<Record<string, RenderValue>>, { integers }: Pick<Quirks, "integers">) {
    this.#variables = new Map(Object.entries(variables));
    this.#integers = integers;
  }

  /** How many messages there are; what a render may use depends on it. */
  get messages(): number {
    const messages = this.#variables.get("messages");
    return Array.isArray(messages) ? messages.length : 0;
  }

  /** The characters of all strings and keys. */
  characters(): number {
    return [...this.#variables.values()].reduce<number>((sum, value) => sum + charactersOf(value), 0);
  }

  /** The variable of that name; undefined where there is none. */
  variable(name: string): Value | undefined {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const given = this.#variables.get(name);
    if (given === undefined) return undefined;
    this.#names.add(name);
    const value = toValue(given, new InputOrigin(undefined, name), this.#integers);
    this.#values.set(name, value);
    return value;
  }

  /** Notes that the template looked for a variable that is not there. */
  missed(name: string): undefined {
    this.#names.add(name);
  }

  /** Notes that the template looked for `key` in the input value at `origin`; other origins are none of ours. */
  looked(origin: Origin | undefined, key: KeyValue): void {
    if (!(origin instanceof InputOrigin)) return;
    if (!origin.reads) {
      origin.reads = new Set();
      this.#looked.push(origin);
    }
    origin.reads.add(key);
  }

  /** Notes that the template goes through the first `count` items of the list at `origin`. */
  lookedThrough(origin: Origin | undefined, count: number): void {
    if (!(origin instanceof InputOrigin)) return;
    if (count === 0) this.looked(origin, ITEMS);
    for (; origin.through < count; origin.through++) this.looked(origin, origin.through);
  }

  /** The paths read so far, with dots: `messages`, `messages.0.content`. */
  reads(): ReadonlySet<string> {
    const paths = new Set(this.#names);
    for (const origin of this.#looked) {
      const path = originPath(origin).join(".");
      for (const key of origin.reads!) paths.add(`${path}.${key}`);
    }
    return paths;
  }
}

const fits64 = (value: bigint) => value >= -(2n ** 63n) && value < 2n ** 64n;

function toValue(value: RenderValue, origin: InputOrigin, integers: Quirks["integers"]): Value {
  if (typeof value === "string") return new Text(value, origin);
  if (value === null || typeof value === "boolean") return value;
  if (value === undefined) return new Undefined(String(origin.key));
  if (typeof value === "number") {
    // A large integer is to an engine what its JSON text says.
    return Number.isInteger(value) && !Number.isSafeInteger(value)
      ? numberOf(new Numeral(String(value)), origin, integers)
      : new Num(value, !Number.isInteger(value), undefined, origin);
  }
  if (value instanceof Numeral) return numberOf(value, origin, integers);
  if (isList(value)) {
    return new List(
      value.map((item, index) => toValue(item, new InputOrigin(origin, index), integers)),
      "list",
      origin,
    );
  }
  const entries: Dict["entries"] = new Map();
  const add = (item: RenderValue, key: string) => {
    if (item === undefined) return;
    entries.set(key, { key: new Text(key, origin), value: toValue(item, new InputOrigin(origin, key), integers) });
  };
  eachEntry(value, add);
  return new Dict(entries, origin);
}

function numberOf({ value, source }: Numeral, origin: InputOrigin, integers: Quirks["integers"]): Num {
  if (!/^-?\d+$/.test(source)) return new Num(value, true, source, origin);
  const whole = BigInt(source);
  if (integers === "64 bits" && !fits64(whole)) return new Num(value, true, source, origin);
  return new Num(Number.isSafeInteger(value) ? value : whole, false, source, origin);
}

const isList = (value: RenderValue): value is readonly RenderValue[] => Array.isArray(value);

type Mapping = ReadonlyMap<string, RenderValue> | { readonly [key: string]: RenderValue };

/** Own keys only, in their order. */
function eachEntry(value: Mapping, visit: (item: RenderValue, key: string) => void): void {
  if (value instanceof Map) value.forEach(visit);
  else for (const key of Object.keys(value)) visit((value as { readonly [key: string]: RenderValue })[key], key);
}

function charactersOf(value: RenderValue): number {
  if (typeof value === "string") return value.length;
  if (value === null || typeof value !== "object" || value instanceof Numeral) return 0;
  if (isList(value)) return value.reduce<number>((sum, item) => sum + charactersOf(item), 0);
  let sum = 0;
  eachEntry(value, (item, key) => {
    sum += key.length + charactersOf(item);
  });
  return sum;
}
