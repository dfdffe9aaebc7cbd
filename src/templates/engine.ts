import type { ClockReading } from "./clock.ts";
import type { Numeral } from "./numbers.ts";

/** A value a template can read. Maps are objects whose key order is kept exactly. */
export type RenderValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | Numeral
  | readonly RenderValue[]
  | ReadonlyMap<string, RenderValue>
  | { readonly [key: string]: RenderValue };

/** A parsed template. `run` throws `HalterError` `template_failed`, with the template's own words where it raised. */
export interface Program {
  run(variables: Readonly<Record<string, RenderValue>>, now: ClockReading): string;
}

/** A Jinja engine; `compile` throws `HalterError` `template_failed` for a source it cannot read. */
export interface Engine {
  compile(source: string): Program;
}
