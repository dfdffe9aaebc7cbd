import type { Origin } from "./origin.ts";
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
