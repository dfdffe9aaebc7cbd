import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resolveCall } from "../../src/parsers/index.ts";
import { draws } from "../support/draws.ts";
import { tools } from "../support/parsers.ts";

const resolve = (name: string, args: unknown) =>
  resolveCall({ id: "1", name, arguments: typeof args === "string" ? args : JSON.stringify(args) }, tools);

/** The input and the names of the repairs, or the detail of what is wrong. */
function outcome(name: string, args: unknown) {
  const resolved = resolve(name, args);
  return resolved.type === "ready"
    ? { tool: resolved.spec.name, input: resolved.input, repairs: resolved.repairs.map((repair) => repair.name) }
    : resolved.malformed;
}

describe("resolving a call", () => {
  it.each([
    ["read", "read", []],
    ["Read", "read", ["tool_name"]],
    ["READ()", "read", ["tool_name"]],
    ["functions.read", "read", ["tool_name"]],
    ["read_file", "read", ["tool_name"]],
    ["raed", undefined, []],
    ["reed", "read", ["tool_name"]],
    ["constructor", undefined, []],
    ["launch_rocket", undefined, []],
  ])("finds the tool of the name %s", (name, tool, repairs) => {
    const expected = tool ? { tool, input: { path: "a" }, repairs } : { type: "unknown_tool", name };
    expect(outcome(name, { path: "a" })).toEqual(expected);
  });

  it.each([
    ["a number as text", "read", { path: "a", start: "12" }, { path: "a", start: 12 }, ["text_to_number"]],
    ["a number for text", "read", { path: 7 }, { path: "7" }, ["value_to_text"]],
    ["a whole float", "read", '{"path": "a", "start": 3.0}', { path: "a", start: 3 }, []],
    ["null for an optional one", "read", { path: "a", start: null }, { path: "a" }, ["null_dropped"]],
    ["null where it is allowed", "read", { path: "a", lines: null }, { path: "a", lines: null }, []],
    [
      "a boolean as text",
      "shell",
      { command: "ls", background: "True" },
      { command: "ls", background: true },
      ["text_to_boolean"],
    ],
    ["an unknown parameter", "read", { path: "a", mode: "r" }, { path: "a" }, ["unknown_parameter"]],
    ["a parameter's other name", "read", { file_path: "a" }, { path: "a" }, ["parameter_name"]],
    ["another case", "read", { Path: "a" }, { path: "a" }, ["parameter_name"]],
    ["an array as text", "todo", { items: '[{"text": "x"}]' }, { items: [{ text: "x" }] }, ["text_to_json"]],
    ["one in place of several", "todo", { items: { text: "x" } }, { items: [{ text: "x" }] }, ["single_to_array"]],
    [
      "an option in capitals",
      "todo",
      { items: [{ text: "x", state: "DONE" }] },
      { items: [{ text: "x", state: "done" }] },
      ["enum_case"],
    ],
    ["lines for text", "write", { path: "a", content: ["x", "y"] }, { path: "a", content: "x\ny" }, ["lines_to_text"]],
    [
      "an object for text",
      "write",
      { path: "a", content: { b: 1 } },
      { path: "a", content: '{\n  "b": 1\n}' },
      ["object_to_text"],
    ],
    ["arguments as text", "read", '"{\\"path\\": \\"a\\"}"', { path: "a" }, ["arguments_as_text"]],
    ["broken JSON", "read", "{'path': 'a',}", { path: "a" }, ["single_quotes", "trailing_comma"]],
  ])("coerces %s", (_what, name, args, input, repairs) => {
    const found = outcome(name, args);
    expect(found).toMatchObject({ tool: name, input });
    expect([...new Set("repairs" in found ? found.repairs : [])]).toEqual(repairs);
  });

  it.each([
    ["a missing parameter", "write", { path: "a" }, 'parameter "content" (string) is missing'],
    ["no parameters", "read", "", 'parameter "path" (string) is missing'],
    ["a wrong type", "read", { path: "a", start: "soon" }, 'parameter "start" must be integer, not "soon"'],
    [
      "a wrong option",
      "todo",
      { items: [{ text: "x", state: "late" }] },
      'parameter "items[0].state" must be one of "open", "done", not "late"',
    ],
    ["a missing part", "todo", { items: [{ state: "open" }] }, 'parameter "items[0].text" (string) is missing'],
    ["a list for an object", "read", "[1]", "must be one JSON object"],
    ["no JSON", "read", "{path = a}", "are not valid JSON"],
  ])("says what is wrong with %s", (_what, name, args, detail) => {
    const found = outcome(name, args);
    expect(found).toMatchObject({ type: "bad_arguments" });
    expect("detail" in found && found.detail).toContain(detail);
    expect("detail" in found && found.detail).toContain(`${name} takes: `);
  });

  it("records what it did in order: the name, the text of the arguments, their fit", () => {
    expect(outcome("Read", `{"file_path": "a", 'start': "3"}`)).toEqual({
      tool: "read",
      input: { path: "a", start: 3 },
      repairs: ["tool_name", "single_quotes", "parameter_name", "text_to_number"],
    });
  });

  it("asks for a name", () => expect(outcome(" ", {})).toEqual({ type: "missing_name" }));

  it("leaves a call that fits as it is", () => {
    const args = { command: "ls", timeout: 1.5, background: false };
    expect(outcome("shell", args)).toEqual({ tool: "shell", input: args, repairs: [] });
  });

  it("gives arguments that fit the schema as they are, or says why not", () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom("3", "true", "null", "[]", "{}", "DONE", 1.5),
    );
    const key = fc.constantFrom(
      "path",
      "Path",
      "start",
      "lines",
      "content",
      "command",
      "timeout",
      "background",
      "items",
      "x",
    );
    const name = fc.constantFrom(...tools.map((tool) => tool.name));
    fc.assert(
      fc.property(name, fc.dictionary(key, value), (tool, args) => {
        const first = resolve(tool, args);
        fc.pre(first.type === "ready");
        const again = resolve(tool, first.input);
        expect(again).toMatchObject({ type: "ready", repairs: [] });
        expect(JSON.stringify(again.type === "ready" && again.input)).toBe(JSON.stringify(first.input));
      }),
      draws(1000),
    );
  });
});
