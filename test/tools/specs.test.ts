import { describe, expect, it } from "vitest";
import { createTools } from "../../src/tools/index.ts";
import { workspace } from "../support/tools-workspace.ts";

const tools = createTools();

describe("tools", () => {
  it("are seven, and say which only read", () => {
    expect(tools.filter((tool) => tool.readOnly).map((tool) => tool.spec.name)).toEqual([
      "read",
      "find",
      "grep",
      "todo",
    ]);
    expect(tools.filter((tool) => !tool.readOnly).map((tool) => tool.spec.name)).toEqual(["write", "edit", "shell"]);
  });

  it("cost little in every prompt", () => {
    const asSent = tools.map((tool) => ({ type: "function", function: tool.spec }));
    expect(JSON.stringify(asSent).length).toBeLessThanOrEqual(2600);
  });

  it.each(tools.map((tool) => [tool.spec.name, tool] as const))("%s describes what it takes", (_, { spec }) => {
    expect(spec.description).toMatch(/^[A-Z].*\.$/s);
    const known = Object.keys(spec.parameters.properties ?? {});
    expect(known).toEqual(expect.arrayContaining([...(spec.parameters.required ?? [])]));
    expect(spec.parameters.required?.length).toBeGreaterThan(0);
  });

  it("todo keeps the list", async () => {
    const { call } = await workspace();
    const items = [
      { text: "one", completed: true },
      { text: "two", completed: false },
    ];
    expect(await call("todo", { items })).toEqual({ text: "noted: 1 done, 1 open", isError: false, todos: items });
  });
});
