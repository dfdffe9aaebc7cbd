import type { Malformed, Repair } from "../types/index.ts";

/** How far halter had to go for a call, in the order in which it is tried; `error` is what the model is told. */
export type Rung = "repair" | "coerce" | "name" | "constrained" | "error";

/** Names of repairs that make arguments fit their schema. */
const COERCIONS: ReadonlySet<string> = new Set([
  "enum_case",
  "lines_to_text",
  "null_dropped",
  "number_to_integer",
  "object_to_text",
  "parameter_name",
  "positional_argument",
  "single_to_array",
  "text_to_boolean",
  "text_to_json",
  "text_to_null",
  "text_to_number",
  "unknown_parameter",
  "value_to_text",
]);

/** Name of the repair that stands for arguments which the model gave again under a grammar. */
export const CONSTRAINED_RETRY = "constrained-retry";

/** The rung that a repair of this name belongs to. */
function rungOf(repair: string): Rung {
  if (repair === CONSTRAINED_RETRY) return "constrained";
  if (repair === "tool_name") return "name";
  return COERCIONS.has(repair) ? "coerce" : "repair";
}

/** The rungs that a call went through, each with the names of what was done there; empty for a call that was right at once. */
export function rungsOf(call: {
  readonly repairs: readonly Repair[];
  readonly malformed?: Malformed;
}): Partial<Record<Rung, readonly string[]>> {
  const names = Map.groupBy(
    call.repairs.map(({ name }) => name),
    rungOf,
  );
  const rungs: Partial<Record<Rung, readonly string[]>> = Object.fromEntries(names);
  if (call.malformed) return { ...rungs, error: [call.malformed.type] };
  return rungs;
}
