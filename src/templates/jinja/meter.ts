import { Failure, type Meter } from "./runtime.ts";

/**
 * What one render may use. Real templates stay far below with the histories that fit a context; those that look through the whole history
 * again for each message pass `steps` at 1,400 messages and more (Command R7B, Solar, DeepSeek V3.2) or at 2,500 (Gemma 4, gpt-oss).
 */
export interface Limits {
  /** Units of work. */
  readonly steps: number;
  /** Added to `steps` for each message of the input. */
  readonly stepsPerMessage: number;
  /** Macros and recursive loops inside each other. */
  readonly depth: number;
  /** Items of one list or mapping. */
  readonly list: number;
  /** UTF-16 units of one string. */
  readonly string: number;
  /** UTF-16 units of the output; more is allowed up to `outputTimes` the input's characters. */
  readonly output: number;
  readonly outputTimes: number;
  /** Milliseconds; counted only where the render has a clock. */
  readonly wall: number;
}

export const DEFAULT_LIMITS: Limits = {
  steps: 5_000_000,
  stepsPerMessage: 2_000,
  depth: 64,
  list: 200_000,
  string: 16_000_000,
  output: 8_000_000,
  outputTimes: 20,
  wall: 2_000,
};

/** Steps between two looks at the clock. */
const CLOCK_INTERVAL = 4_096;
const CHARACTERS_PER_STEP = 64;
/** Each may be a piece of its own. */
const ROPE_CHARACTERS_PER_STEP = 16;
const ITEMS_PER_STEP = 8;
/** Comparing is the cheapest work there is. */
const COMPARISONS_PER_STEP = 256;

/** What the limits depend on beside themselves. */
export interface MeterInput {
  readonly messages: number;
  /** All characters of the input; asked for once the output is long. */
  readonly characters: () => number;
  readonly elapsedMs: (() => number) | undefined;
}

/** Counts one render. Bytes made are steps too, so the steps bound all memory and time. */
export class RenderMeter implements Meter {
  readonly #limits: Limits;
  readonly #input: MeterInput;
  readonly #maximum: number;
  readonly #startMs: number;
  #steps = 0;
  #nextLook: number;
  #depth = 0;

  constructor(limits: Partial<Limits>, input: MeterInput) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#input = input;
    this.#maximum = this.#limits.steps + this.#limits.stepsPerMessage * input.messages;
    this.#nextLook = Math.min(this.#maximum, CLOCK_INTERVAL);
    this.#startMs = input.elapsedMs?.() ?? 0;
  }

  get steps(): number {
    return Math.round(this.#steps);
  }

  step(count = 1): void {
    this.#steps += count;
    if (this.#steps > this.#nextLook) this.#look();
  }

  string(length: number): void {
    this.#checkString(length);
    if (length > CHARACTERS_PER_STEP) this.step(Math.floor(length / CHARACTERS_PER_STEP));
  }

  runs(count: number): void {
    this.step(count / ITEMS_PER_STEP);
  }

  append(left: number, right: number, runs: number): void {
    this.#checkString(left + right);
    this.step(Math.min(left, right) / CHARACTERS_PER_STEP);
    this.runs(runs);
  }

  flatten(length: number): void {
    this.step(length / ROPE_CHARACTERS_PER_STEP);
  }

  list(length: number): void {
    this.range(length);
    if (length > ITEMS_PER_STEP) this.step(Math.floor(length / ITEMS_PER_STEP));
  }

  range(length: number): void {
    if (length > this.#limits.list) throw tooMuch("a list", this.#limits.list, "items");
  }

  search(within: number, wanted: number): void {
    this.step(1 + Math.floor((within * wanted) / COMPARISONS_PER_STEP));
  }

  enter(): void {
    this.#depth += 1;
    if (this.#depth > this.#limits.depth) throw tooMuch("calls inside each other", this.#limits.depth, "levels");
  }

  leave(): void {
    this.#depth -= 1;
  }

  /** The output is `length` characters long now. Throws `Failure`. */
  output(length: number): void {
    if (length <= this.#limits.output || length <= this.#limits.outputTimes * this.#input.characters()) return;
    throw tooMuch("the output", this.#limits.output, "characters");
  }

  #checkString(length: number): void {
    if (length > this.#limits.string) throw tooMuch("a string", this.#limits.string, "characters");
  }

  #look(): void {
    if (this.#steps > this.#maximum) throw tooMuch("the render", this.#maximum, "steps");
    const elapsed = (this.#input.elapsedMs?.() ?? 0) - this.#startMs;
    if (elapsed > this.#limits.wall) throw tooMuch("the render", this.#limits.wall, "ms");
    this.#nextLook = Math.min(this.#maximum, this.#steps + CLOCK_INTERVAL);
  }
}

function tooMuch(what: string, limit: number, unit: string): Failure {
  return new Failure(`${what} passed the limit of ${limit.toLocaleString("en-US")} ${unit} (halter's own)`, {
    hint:
      "Known templates stay far below it: this one loops without end or makes far too much, or the conversation is huge. " +
      "Take a template from a source you trust, or shorten the conversation.",
    limited: true,
  });
}
