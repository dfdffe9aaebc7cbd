import { HalterError, type ParameterSchema, type ToolSpec } from "../../../types/index.ts";
import { readJsonFile } from "./read-file.ts";

/** What a file of tools looks like. */
export const TOOLS_HINT =
  'a list as a chat endpoint takes it: [{"type": "function", "function": {"name": …, "parameters": {…}}}]';

/** The tools of a JSON file: a list, or an object that holds one as `tools`, in the form of a chat endpoint or bare. Throws `usage`. */
export async function readTools(file: string): Promise<ToolSpec[]> {
  const value = await readJsonFile(file, TOOLS_HINT);
  const list = isObject(value) ? value.tools : value;
  if (!Array.isArray(list)) throw new HalterError("usage", `${file} holds no list of tools`, { hint: TOOLS_HINT });
  return list.map((entry: unknown, index) => {
    const tool = isObject(entry) && isObject(entry.function) ? entry.function : entry;
    if (!isObject(tool) || typeof tool.name !== "string")
      throw new HalterError("usage", `${file}: tool ${index + 1} has no name`, { hint: TOOLS_HINT });
    return {
      name: tool.name,
      description: typeof tool.description === "string" ? tool.description : "",
      parameters: isObject(tool.parameters) ? (tool.parameters as ParameterSchema) : {},
    };
  });
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
