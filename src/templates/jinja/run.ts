import type { Span } from "../../types/index.ts";
import type { ClockReading } from "../clock.ts";
import { filters } from "./filters/index.ts";
import type { Input } from "./input.ts";
import type { RenderMeter } from "./meter.ts";
import { Output } from "./output.ts";
import { type EngineMode, Failure, type Runtime } from "./runtime.ts";
import { Scope } from "./scope.ts";
import { tests } from "./tests.ts";
import type { Text } from "./text.ts";
import { type Arguments, Callable, Host, Undefined, type Value } from "./values.ts";

/** One render that is going on. */
export class Run implements Runtime {
  readonly mode: EngineMode;
  readonly now: ClockReading;
  readonly meter: RenderMeter;
  readonly input: Input;
  /** The engine's functions. */
  readonly globals: ReadonlyMap<string, Value>;
  /** One per statement of the template, by its number: 1 where it ran. */
  readonly ran: Uint8Array;
  /** The items that the loops are at, innermost last. */
  readonly items: Value[] = [];
  scope = new Scope();
  output: Output;
  /** What is being evaluated; where a failure happened. */
  span: Span;
  /** The text of the block that a filter is being applied to. */
  captured: Value = null;

  constructor(of: Pick<Run, "mode" | "now" | "meter" | "input" | "globals" | "ran" | "span">) {
    this.mode = of.mode;
    this.now = of.now;
    this.meter = of.meter;
    this.input = of.input;
    this.globals = of.globals;
    this.ran = of.ran;
    this.span = of.span;
    this.output = new Output((length) => this.meter.output(length));
  }

  /** Counts one node's evaluation. */
  at(span: Span): void {
    this.span = span;
    this.meter.step();
  }

  /** What a name stands for: what the template set, then the input, then the engine's functions. Note that none is `null`. */
  lookUp(name: string): Value | undefined {
    const own = this.scope.find(name);
    if (own !== undefined) return own;
    const given = this.input.variable(name);
    if (given !== undefined) return given;
    return this.globals.get(name) ?? this.input.missed(name);
  }

  /** Runs `write` and gives what it wrote, instead of sending it to the output. */
  capture(write: () => void): Text {
    const outer = this.output;
    this.output = new Output((length) => this.meter.string(length));
    write();
    const text = this.output.text(this.meter);
    this.output = outer;
    return text;
  }

  call(callee: Value, input: Arguments): Value {
    if (callee instanceof Callable || (callee instanceof Host && callee.call)) return callee.call!(this, input);
    if (callee instanceof Undefined) throw new Failure(`${callee.name} is undefined and cannot be called`);
    throw new Failure("this value cannot be called", { hint: "Only macros, methods and functions can be called." });
  }

  filter(name: string, subject: Value, input: Arguments): Value {
    const filter = filters.get(name);
    if (!filter) throw new Failure(`there is no filter ${name}`);
    return filter(this, subject, input);
  }

  test(name: string, subject: Value, input: Arguments): boolean {
    const test = tests.get(name);
    if (!test) throw new Failure(`there is no test ${name}`);
    return test(this, subject, input);
  }
}
