import type { ClockReading } from "../clock.ts";
import type { Arguments, Value } from "./values.ts";

/**
 * Whose rules hold. `llama.cpp`: llama-server's own engine. `transformers`: Python's Jinja2 as transformers sets it up, which the
 * model was trained with.
 */
export type EngineMode = "llama.cpp" | "transformers";

/** What filters, tests, methods and functions may use of the render that is going on. */
export interface Runtime {
  readonly mode: EngineMode;
  readonly now: ClockReading;
  readonly meter: Meter;
  /** Calls a macro, method, function or recursive loop. Throws `Failure` for anything else. */
  call(callee: Value, input: Arguments): Value;
  /** Applies a filter by its name, as `map("upper")` does. */
  filter(name: string, subject: Value, input: Arguments): Value;
  /** Asks a test by its name, as `select("string")` does. */
  test(name: string, subject: Value, input: Arguments): boolean;
}

/** Counts what a render uses; each method throws `Failure` when a limit is passed. Call before building the value. */
export interface Meter {
  /** `count` units of work: a node evaluated, an item visited, 64 characters copied. */
  step(count?: number): void;
  /** A string of `length` characters is about to be made. */
  string(length: number): void;
  /** `count` runs of one origin are about to be put into a string. */
  runs(count: number): void;
  /** Two strings are about to be put after one another without a copy, their `runs` of one origin with one. */
  append(left: number, right: number, runs: number): void;
  /** A string of `length` characters that was made so is about to be read, which copies it piece by piece. */
  flatten(length: number): void;
  /** A list or mapping of `length` items is about to be made. */
  list(length: number): void;
  /** A range of `length` numbers is about to be made, but not yet its numbers. */
  range(length: number): void;
  /** `wanted` characters are about to be looked for among `within`; at worst each of those is compared with each of these. */
  search(within: number, wanted: number): void;
  /** One level deeper in macros, includes and recursive loops; `leave` undoes it. */
  enter(): void;
  leave(): void;
}

/** Why a render ended early. The evaluator adds the place; the engine makes a `HalterError` of it. */
export class Failure extends Error {
  readonly hint: string | undefined;
  /** True for the template's own `raise_exception`: then `message` is the template's text. */
  readonly raised: boolean;
  /** True where a bound of this engine ended it, which another engine may not have. */
  readonly limited: boolean;

  constructor(
    message: string,
    options: { readonly hint?: string; readonly raised?: boolean; readonly limited?: boolean } = {},
  ) {
    super(message);
    this.name = "Failure";
    this.hint = options.hint;
    this.raised = options.raised ?? false;
    this.limited = options.limited ?? false;
  }
}
