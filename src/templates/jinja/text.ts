import type { Origin } from "./origin.ts";

/** A stretch of characters of one origin. */
export interface Run {
  /** UTF-16 units; never 0. */
  readonly length: number;
  /** Undefined for template text. */
  readonly origin: Origin | undefined;
}

/** A string that knows where each of its characters came from. Immutable. */
export class Text {
  readonly value: string;
  /** One origin for all of it, or runs that cover `value` exactly. */
  readonly source: Origin | undefined | readonly Run[];

  constructor(value: string, source?: Origin | readonly Run[]) {
    this.value = value;
    this.source = source;
  }
}
