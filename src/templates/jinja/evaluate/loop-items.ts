import type { Value } from "../values.ts";

/** What a loop goes through; an array is one. */
export interface LoopItems {
  /** The item at an index from 0, found by going on if need be; undefined beyond the end. */
  at(index: number): Value | undefined;
  /** Goes on to the end to know. */
  readonly length: number;
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
