import { integer } from "../number-text.ts";
import type { Range } from "../sequences.ts";
import type { Value } from "../values.ts";

/** What a loop goes through; an array is one. */
export interface LoopItems {
  /** The item at an index from 0, found by going on if need be; undefined beyond the end. */
  at(index: number): Value | undefined;
  /** Goes on to the end to know. */
  readonly length: number;
}

/** The numbers of a range, each made when the loop comes to it. */
export class Numbers implements LoopItems {
  readonly #range: Range;
  readonly length: number;

  constructor(range: Range) {
    this.#range = range;
    this.length = range.count;
  }

  at(index: number): Value | undefined {
    return index < this.length ? integer(this.#range.at(index)) : undefined;
  }
}

/** The items of which `holds` is true; it is asked of no more items than were needed so far. */
export class Filtered implements LoopItems {
  readonly #source: readonly Value[];
  readonly #holds: (item: Value) => boolean;
  readonly #passed: Value[] = [];
  #next = 0;

  constructor(source: readonly Value[], holds: (item: Value) => boolean) {
    this.#source = source;
    this.#holds = holds;
  }

  at(index: number): Value | undefined {
    while (this.#passed.length <= index && this.#next < this.#source.length) {
      const item = this.#source[this.#next++]!;
      if (this.#holds(item)) this.#passed.push(item);
    }
    return this.#passed[index];
  }

  get length(): number {
    this.at(this.#source.length);
    return this.#passed.length;
  }
}
