import type { ParameterSchema, Tool, ToolResult } from "../types/index.ts";

/** A tool without its prose, which lies beside it in `<name>.md`. */
export interface ToolDefinition {
  readonly name: string;
  readonly parameters: ParameterSchema;
  readonly readOnly: boolean;
  readonly run: Tool["run"];
}

/** A schema of an object with these properties, of which `required` must be there. */
export function objectSchema(
  properties: Readonly<Record<string, ParameterSchema>>,
  required: readonly string[],
): ParameterSchema {
  return { type: "object", properties, required };
}

/** The answer to a mistake of the model, which it can read and mend. */
export function mistake(text: string): ToolResult {
  return { text, isError: true };
}
