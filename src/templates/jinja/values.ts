import type { Origin } from "./origin.ts";
import type { Runtime } from "./runtime.ts";
import type { Text } from "./text.ts";

/** Everything a template can hold. `null` is none; strings are `Text`, which knows where its characters came from. */
export type Value = Undefined | null | boolean | Num | Text | List | Dict | Namespace | Callable | Host;

/** A name or key that is not there. */
export class Undefined {
  /** What was looked for, for messages: `tools`, `message.content`. */
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** A number. Python's integers have any length; floats are kept apart from them: `1.0` is not `1`. */
export class Num {
  readonly value: number | bigint;
  readonly isFloat: boolean;
  /** As it stood in the input's JSON or in the template, where it did. */
  readonly source: string | undefined;
  readonly origin: Origin | undefined;

  constructor(value: number | bigint, isFloat: boolean, source?: string, origin?: Origin) {
    this.value = value;
    this.isFloat = isFloat;
    this.source = source;
    this.origin = origin;
  }
}

/** What made a list, where it matters to a test or to how it prints. */
export type ListKind = "list" | "tuple" | "generator" | "range" | "view";

export class List {
  private made: Value[] | (() => Value[]);
  readonly kind: ListKind;
  /** The input value that this list is; undefined for one that the template made. */
  readonly origin: Origin | undefined;

  /** @param items the items, or what makes them when they are first asked for */
  constructor(items: Value[] | (() => Value[]), kind: ListKind = "list", origin?: Origin) {
    this.made = items;
    this.kind = kind;
    this.origin = origin;
  }

  get items(): Value[] {
    if (typeof this.made === "function") this.made = this.made();
    return this.made;
  }

  /** False for items that nobody has asked for yet. */
  get isMade(): boolean {
    return typeof this.made !== "function";
  }
}

/** What a key is looked up by: a text's characters, a number's value. Numbers and texts never meet: `1` is not `"1"`. */
export type KeyValue = string | number | bigint | boolean | null;

/** A mapping in insertion order, without a prototype. */
export class Dict {
  readonly entries: Map<KeyValue, { readonly key: Value; readonly value: Value }>;
  readonly origin: Origin | undefined;

  constructor(entries: Dict["entries"] = new Map(), origin?: Origin) {
    this.entries = entries;
    this.origin = origin;
  }
}

/** `namespace(…)`: the one object a template may write attributes of. */
export class Namespace {
  readonly values: Map<string, Value>;

  constructor(values: Map<string, Value> = new Map()) {
    this.values = values;
  }
}

/** Evaluated arguments of a call, a filter or a test. */
export interface Arguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

/** A macro, a method bound to its object, or a function of the engine. */
export class Callable {
  readonly name: string;
  readonly call: (runtime: Runtime, input: Arguments) => Value;

  constructor(name: string, call: Callable["call"]) {
    this.name = name;
    this.call = call;
  }
}

/** An object of the engine with attributes that are computed: `loop`, a cycler, a macro seen as an object. */
export class Host {
  readonly name: string;
  /** The attribute, or undefined where there is none. */
  readonly get: (name: string) => Value | undefined;
  /** Calling it, for `loop(…)` in a recursive loop. */
  readonly call: Callable["call"] | undefined;

  constructor(name: string, get: Host["get"], call?: Callable["call"]) {
    this.name = name;
    this.get = get;
    this.call = call;
  }
}
