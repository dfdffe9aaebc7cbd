import { integer } from "./number-text.ts";
import type { Origin } from "./origin.ts";
import type { Meter } from "./runtime.ts";
import { List, type Value } from "./values.ts";

/** What `keys()`, `values()` and `items()` of Python's mappings give: it can be gone through and counted, but has no indexes. */
export class View extends List {
  /** Python's name of it. */
  readonly name: "dict_keys" | "dict_values" | "dict_items";

  constructor(name: View["name"], items: Value[], origin: Origin | undefined) {
    super(items, "view", origin);
    this.name = name;
  }
}

/** What `range` gives: the numbers from `start` before `stop`, which are made into items where a loop does not take them one by one. */
export class Range extends List {
  readonly start: number;
  readonly stop: number;
  readonly step: number;

  constructor(meter: Meter, start: number, stop: number, step: number) {
    super(() => {
      meter.list(this.count);
      meter.step(this.count);
      return Array.from({ length: this.count }, (_, index) => integer(this.at(index)));
    }, "range");
    this.start = start;
    this.stop = stop;
    this.step = step;
  }

  /** How many numbers there are. */
  get count(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.step));
  }

  /** The number at an index, even one beyond the end. */
  at(index: number): number {
    return this.start + index * this.step;
  }
}

/** One group of `groupby`: a pair whose parts have names. */
export class Group extends List {
  readonly grouper: Value;
  readonly list: List;

  constructor(grouper: Value, list: List) {
    super([grouper, list], "tuple");
    this.grouper = grouper;
    this.list = list;
  }
}
