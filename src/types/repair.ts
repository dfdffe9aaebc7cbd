import type { Span } from "./span.ts";

/**
 * Names of everything that is done to make a call usable, by the rung it stands on: another name for the tool, a mended text,
 * values that are made to fit the schema, and arguments that the model gave again under a grammar. A name that is here stays,
 * since journals and traces hold it.
 */
export const REPAIRS = {
  name: ["tool_by_arguments", "tool_name"],
  repair: [
    "arguments_as_text",
    "arguments_key",
    "backtick_quotes",
    "control_character",
    "doubled_braces",
    "doubled_escape",
    "entities",
    "fenced",
    "inner_quote",
    "invalid_escape",
    "missing_arguments",
    "missing_closer",
    "missing_comma",
    "missing_delimiter",
    "missing_value",
    "missing_value_tag",
    "name_key",
    "null_arguments",
    "python_literal",
    "raw_newline",
    "single_quotes",
    "stray_closer",
    "stray_comma",
    "trailing_comma",
    "triple_quotes",
    "unclosed_text",
    "unquoted_key",
    "unquoted_value",
    "wrapped_arguments",
    "wrapped_call",
  ],
  coerce: [
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
  ],
  constrained: ["constrained-retry"],
} as const;

/** A rung on which a call can be saved. */
export type RepairRung = keyof typeof REPAIRS;

/** What was done to a call; stable, and known to belong to a rung. */
export type RepairName = (typeof REPAIRS)[RepairRung][number];

/** A change that had to be made to make a call usable; `before`/`after` make it reversible. */
export interface Repair {
  readonly name: RepairName;
  readonly before: string;
  readonly after: string;
  readonly span?: Span;
}
