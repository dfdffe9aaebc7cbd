import type { TodoEntry } from "../types/index.ts";
import { objectSchema, type ToolDefinition } from "./definition.ts";

/** Keeps the plan; each call replaces it. */
export const todo: ToolDefinition = {
  name: "todo",
  readOnly: true,
  parameters: objectSchema(
    {
      items: {
        type: "array",
        items: objectSchema({ text: { type: "string" }, completed: { type: "boolean" } }, ["text", "completed"]),
      },
    },
    ["items"],
  ),
  run(input) {
    const { items } = input as unknown as { readonly items: readonly TodoEntry[] };
    const todos = items.map(({ text, completed }) => ({ text, completed }));
    const open = todos.filter((entry) => !entry.completed).length;
    return Promise.resolve({ text: `noted: ${todos.length - open} done, ${open} open`, isError: false, todos });
  },
};
