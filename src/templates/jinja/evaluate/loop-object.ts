import { equal } from "../compare.ts";
import type { Run } from "../run.ts";
import { Failure } from "../runtime.ts";
import { type Arguments, Callable, Host, List, Num, Undefined, type Value } from "../values.ts";
import type { LoopItems } from "./loop-items.ts";

/** Where a loop is. */
export interface LoopState {
  readonly items: LoopItems;
  index0: number;
  /** 1 for the outermost loop of a recursion. */
  readonly depth: number;
  /** What `changed` was last asked of. */
  changed: readonly Value[] | undefined;
}

type Attribute = (state: LoopState) => Value;

const count = (value: number) => new Num(value, false);

/** Attributes of `loop` that both engines have. */
const PLAIN: Readonly<Record<string, Attribute>> = {
  index: ({ index0 }) => count(index0 + 1),
  index0: ({ index0 }) => count(index0),
  revindex: ({ items, index0 }) => count(items.length - index0),
  revindex0: ({ items, index0 }) => count(items.length - index0 - 1),
  first: ({ index0 }) => index0 === 0,
  last: ({ items, index0 }) => items.at(index0 + 1) === undefined,
  length: ({ items }) => count(items.length),
  previtem: ({ items, index0 }) => neighbour(items, index0 - 1, "loop.previtem"),
  nextitem: ({ items, index0 }) => neighbour(items, index0 + 1, "loop.nextitem"),
};

const FURTHER: Readonly<Record<string, Attribute>> = {
  depth: ({ depth }) => count(depth),
  depth0: ({ depth }) => count(depth - 1),
  cycle: (state) =>
    new Callable("cycle", (_, { positional }) => {
      if (positional.length === 0) throw new Failure("loop.cycle needs something to cycle through");
      return positional[state.index0 % positional.length]!;
    }),
  changed: (state) =>
    new Callable("changed", (runtime, { positional }) => {
      const changed = !state.changed || !equal(runtime, new List([...state.changed]), new List([...positional]));
      if (changed) state.changed = positional;
      return changed;
    }),
};

/** By name, those that only Jinja2 has included. */
export const ATTRIBUTES: ReadonlyMap<string, Attribute> = new Map(Object.entries({ ...PLAIN, ...FURTHER }));
/** Those of both engines. */
export const PLAIN_ATTRIBUTES: ReadonlyMap<string, Attribute> = new Map(Object.entries(PLAIN));

/** The variable `loop`; `recurse` is what calling it does. */
export function loopObject(state: LoopState, plain: boolean, recurse?: (run: Run, input: Arguments) => Value): Host {
  const attributes = plain ? PLAIN_ATTRIBUTES : ATTRIBUTES;
  return new Host(
    "loop",
    (name) => attributes.get(name)?.(state),
    recurse && ((runtime, input) => recurse(runtime as Run, input)),
  );
}

function neighbour(items: LoopItems, index: number, name: string): Value {
  const item = index < 0 ? undefined : items.at(index);
  return item === undefined ? new Undefined(name) : item;
}
