import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { resolveCall } from "../../src/parsers/index.ts";
import type { ToolSpec } from "../../src/types/index.ts";
import { calls, type ParseOptions, parse, shown, tools } from "../support/parsers.ts";

const READ = '{"name": "read", "arguments": {"path": "a.ts"}}';

/** What the calls come to once resolved, and the text around them. */
function outcome(text: string, options: ParseOptions = {}) {
  const events = parse([text], options);
  return {
    calls: calls(events).map(({ call, notation, malformed }) => {
      const resolved = resolveCall(call, options.tools ?? tools);
      const input = resolved.type === "ready" ? resolved.input : resolved.malformed;
      return [
        resolved.type === "ready" ? resolved.spec.name : call.name,
        input,
        notation,
        ...(malformed ? [malformed.type] : []),
      ];
    }),
    text: shown(events).trim(),
  };
}

const path_ = (file: string) => ({ path: file });

describe.each(["hermes-json", "qwen3-coder-xml", "glm-xml", "harmony", "plain"])(
  "calls in plain text, %s",
  (family) => {
    it.each([
      ["a json fence", `\`\`\`json\n${READ}\n\`\`\``, "fenced"],
      [
        "a pretty-printed one",
        '```json\n{\n  "name": "read",\n  "arguments": {\n    "path": "a.ts"\n  }\n}\n```\n',
        "fenced",
      ],
      ["a bare fence", `\`\`\`\n${READ}\n\`\`\``, "fenced"],
      ["a tool_call fence", `\`\`\`tool_call\n${READ}\n\`\`\``, "fenced"],
      ["a bash fence", `\`\`\`bash\n${READ}\n\`\`\``, "fenced"],
      ["a fence never closed", `\`\`\`json\n${READ}`, "fenced"],
      ["a fence of four", `\`\`\`\`json\n${READ}\n\`\`\`\`\n`, "fenced"],
      ["a fence of five that closes with six", `\`\`\`\`\`\n${READ}\n\`\`\`\`\`\``, "fenced"],
      ["a fence with comments", `\`\`\`json\n{\n  // I look.\n\n  // At "a.ts".\n  ${READ.slice(1)}\n\`\`\``, "fenced"],
      ["a bare line", READ, "bare"],
      ["a comment before the name", `{ // look\n${READ.slice(1)}`, "bare"],
      ["white space around", `\n\n  ${READ}\n\n`, "bare"],
      ["doubled braces", '{{"name": "read", "arguments": {"path": "a.ts"}}}', "bare"],
      ["doubled braces everywhere", '{{"name": "read", "arguments": {{"path": "a.ts"}}}}', "bare"],
      ["doubled opener", '{{"name": "read", "arguments": {"path": "a.ts"}}', "bare"],
      ["a brace too many", `${READ}}`, "bare"],
      ["a brace too few", READ.slice(0, -1), "bare"],
      ["parameters", '{"name": "read", "parameters": {"path": "a.ts"}}', "bare"],
      ["input", '{"name": "read", "input": {"path": "a.ts"}}', "bare"],
      ["args, arguments first", '{"args": {"path": "a.ts"}, "tool": "read"}', "bare"],
      ["arguments as text", '{"name": "read", "arguments": "{\\"path\\": \\"a.ts\\"}"}', "bare"],
      ["single quotes", "{'name': 'read', 'arguments': {'path': 'a.ts', 'start': None}}", "bare"],
      [
        "a function object",
        '{"type": "function", "function": {"name": "read", "arguments": {"path": "a.ts"}}}',
        "bare",
      ],
      ["a list of calls", `{"tool_calls": [${READ}]}`, "bare"],
      ["tags of its own", `<tools>\n${READ}\n</tools>`, "bare"],
      ["a function_call tag", `<function_call>${READ}</function_call>`, "bare"],
      ["a number as text", '{"name": "read", "arguments": {"path": "a.ts", "lines": null}}', "bare"],
      ["another case", '{"name": "Read", "arguments": {"path": "a.ts"}}', "bare"],
    ])("finds one in %s", (_what, text, notation) => {
      const found = outcome(text, { family });
      expect(found.calls).toHaveLength(1);
      expect(found.calls[0]![0]).toBe("read");
      expect(found.calls[0]![1]).toMatchObject(path_("a.ts"));
      expect(found.calls[0]![2]).toBe(notation);
      expect(found.text).toBe("");
    });

    it.each([
      ["JSON without line breaks", `<tool_call>${READ}</tool_call>`],
      ["JSON never closed", `<tool_call>\n${READ}`],
      ["JSON in a fence", `\`\`\`xml\n<tool_call>\n${READ}\n</tool_call>\n\`\`\``],
      ["function XML", "<tool_call>\n<function=read>\n<parameter=path>\na.ts\n</parameter>\n</function>\n</tool_call>"],
      ["function XML without the tag", "<function=read>\n<parameter=path>a.ts</parameter>\n</function>"],
      ["function XML without the opener", "<function=read><parameter=path>a.ts</parameter></function></tool_call>"],
      ["GLM's pairs", "<tool_call>read\n<arg_key>path</arg_key>\n<arg_value>a.ts</arg_value>\n</tool_call>"],
    ])("finds %s in <tool_call>", (_what, text) => {
      const found = outcome(text, { family });
      expect(found.calls.map((call) => call.slice(0, 2))).toEqual([["read", path_("a.ts")]]);
      expect(found.text).toBe("");
    });

    it.each([
      [
        "in one fence",
        '```json\n{"name": "read", "arguments": {"path": "a"}}\n{"name": "read", "arguments": {"path": "b"}}\n```',
      ],
      [
        "in an array",
        '```json\n[{"name": "read", "arguments": {"path": "a"}},\n {"name": "read", "arguments": {"path": "b"}}]\n```',
      ],
      [
        "in a bare array",
        '[{"name": "read", "arguments": {"path": "a"}}, {"name": "read", "arguments": {"path": "b"}}]',
      ],
      ["in lines", '{"name": "read", "arguments": {"path": "a"}}\n{"name": "read", "arguments": {"path": "b"}}'],
      [
        "in lines, a brace short",
        '{"name": "read", "arguments": {"path": "a"}\n{"name": "read", "arguments": {"path": "b"}}',
      ],
      [
        "in fences",
        '```json\n{"name": "read", "arguments": {"path": "a"}}\n```\n\n```json\n{"name": "read", "arguments": {"path": "b"}}\n```\n',
      ],
      [
        "in a list of calls",
        '{"tool_calls": [{"name": "read", "arguments": {"path": "a"}}, {"name": "read", "arguments": {"path": "b"}}]}',
      ],
      ...["function_call", "tool_call", "function"].map((key): [string, string] => [
        `in a list under ${key}`,
        `{"${key}": [{"name": "read", "arguments": {"path": "a"}}, {"name": "read", "arguments": {"path": "b"}}]}`,
      ]),
      [
        "in tags",
        '<tool_call>{"name": "read", "arguments": {"path": "a"}}</tool_call><tool_call>{"name": "read", "arguments": {"path": "b"}}</tool_call>',
      ],
    ])("finds several %s", (_what, text) => {
      const found = outcome(text, { family });
      expect(found.calls.map(([name, input]) => [name, input])).toEqual([
        ["read", path_("a")],
        ["read", path_("b")],
      ]);
      expect(found.text).toBe("");
    });

    it("leaves a fence of one line around a call", () => {
      expect(outcome(`\`\`\`json ${READ}\`\`\``, { family })).toEqual({
        calls: [["read", path_("a.ts"), "bare"]],
        text: "```json ```",
      });
    });

    it("takes no shorter fence for the end of one", () => {
      expect(outcome(`I look.\n\n\`\`\`\`json\n${READ}\n\`\`\`\n\`\`\`\``, { family })).toEqual({
        calls: [["read", path_("a.ts"), "fenced"]],
        text: "I look.\n\n```\n````",
      });
    });

    it("finds a call between tildes", () => {
      expect(outcome(`~~~json\n${READ}\n~~~`, { family })).toEqual({
        calls: [["read", path_("a.ts"), "bare"]],
        text: "~~~json\n~~~",
      });
    });

    it("keeps the text around a call", () => {
      const found = outcome(`I will look at it.\n\n\`\`\`json\n${READ}\n\`\`\`\nThen I fix it.`, { family });
      expect(found).toEqual({
        calls: [["read", path_("a.ts"), "fenced"]],
        text: "I will look at it.\n\nThen I fix it.",
      });
    });

    it.each([
      ["a package.json", '```json\n{\n  "name": "read-me",\n  "version": "1.0.0"\n}\n```'],
      ["an object with another name", '{"name": "llama", "arguments": {"bags": 3}}'],
      ["a name without arguments", '{"name": "read", "version": 1}'],
      ["arguments that are no object", '{"name": "read", "arguments": ["a.ts"]}'],
      [
        "a tool's definition",
        '{"name": "read", "description": "", "parameters": {"type": "object", "properties": {"path": {"type": "string"}}}}',
      ],
      ["a long comment", `{ // ${"long ".repeat(60)}\n${READ.slice(1)}`],
      ["code with braces", "```js\nfunction f() { return { name: 'read', arguments: [] }; }\n```"],
      ["a function tag of no tool", "Write `<function=NAME>` and close it."],
      ["a link", "[name](a.ts) and [1, 2] and {a}"],
      ["an example", `For example, a call could be:\n\`\`\`json\n${READ}\n\`\`\`\nBut wait.`],
      ["two examples", `For example:\n\`\`\`json\n${READ}\n${READ}\n\`\`\``],
      ["inline code", `The call \`${READ}\` reads the file.`],
      ["what it did", `I have already called ${READ}, as you saw.`],
      ["a shape", `A call would look like this:\n${READ}`],
    ])("leaves %s as text", (_what, text) => {
      expect(outcome(text, { family })).toEqual({ calls: [], text: text.trim() });
    });

    it.each([
      "To fix the bug, I need to read the file:",
      "Let me read the example file first.",
      "You can use the following command to see the file:",
      "Don't worry, here is the next step:",
      "The file should be read before it is changed.",
    ])("runs a call introduced by: %s", (intro) => {
      const found = outcome(`${intro}\n\n\`\`\`json\n${READ}\n\`\`\``, { family });
      expect(found).toEqual({ calls: [["read", path_("a.ts"), "fenced"]], text: intro });
    });
  },
);

describe("broken calls in plain text", () => {
  it.each([
    ["raw line breaks", '{"name": "write", "arguments": {"path": "a", "content": "x\n\ny"}}', "x\n\ny"],
    ["unescaped quotes", '{"name": "write", "arguments": {"path": "a", "content": "say("hi");\n"}}', 'say("hi");\n'],
    [
      "half-escaped quotes",
      '{"name": "write", "arguments": {"path": "a", "content": "say(\\\\"hi\\\\");"}}',
      'say("hi");',
    ],
    [
      "unknown escapes",
      '{"name": "write", "arguments": {"path": "a", "content": "C:\\dir \\. \\a"}}',
      "C:\\dir \\. \\a",
    ],
    [
      "braces in a string",
      '{"name": "write", "arguments": {"path": "a", "content": "if (a) { b(); } }"}}',
      "if (a) { b(); } }",
    ],
    [
      "a fence in a string",
      '```json\n{"name": "write", "arguments": {"path": "a", "content": "# T\n```sh\nls\n```\nend"}}\n```',
      "# T\n```sh\nls\n```\nend",
    ],
    [
      "a shorter fence in a string",
      '````json\n{"name": "write", "arguments": {"path": "a", "content": "# T\n```\nls\n```\nend"}}\n````',
      "# T\n```\nls\n```\nend",
    ],
    ["triple quotes", '{"name": "write", "arguments": {"path": "a", "content": """x "y"\nz"""}}', 'x "y"\nz'],
    ["backticks", '{"name": "write", "arguments": {"path": "a", "content": `x "y"\nz`}}', 'x "y"\nz'],
    [
      "an object in place of text",
      '{"name": "write", "arguments": {"path": "a", "content": {"b": 1}}}',
      '{\n  "b": 1\n}',
    ],
  ])("are mended: %s", (_what, text, content) => {
    const found = outcome(text);
    expect(found.calls.map(([name, input]) => [name, input])).toEqual([["write", { path: "a", content }]]);
    expect(found.text).toBe("");
  });

  it("are flagged where they cannot be mended, with what was written", () => {
    const [event] = calls(parse(['{"name": "write", "arguments": {"path": "a", b c}}']));
    expect(event?.malformed).toMatchObject({ type: "bad_arguments" });
    expect(event?.call).toMatchObject({ name: "write", arguments: '{"path": "a", b c}' });
  });

  it("are flagged as cut where the answer was", () => {
    const text = '```json\n{"name": "write", "arguments": {"path": "a", "content": "x';
    expect(calls(parse([text], { cut: true })).map((event) => event.malformed)).toEqual([{ type: "cut" }]);
    expect(calls(parse([text])).map((event) => event.malformed)).toEqual([undefined]);
    expect(calls(parse(['{"name": "wri'], { cut: true }))).toEqual([]);
    expect(calls(parse([`\`\`\`json\n${READ}`], { cut: true })).map((event) => event.malformed)).toEqual([undefined]);
  });
});

describe("calls inside reasoning", () => {
  it.each([
    ["a text call in open thinking", `I should look.\n${READ}`, true],
    ["a fenced call", `<think>I should look.\n\`\`\`json\n${READ}\n\`\`\``, false],
    ["a native call", `<think>I should look.\n<tool_call>\n${READ}\n</tool_call>\n`, false],
  ])("end it: %s", (_what, text, thinkingOpen) => {
    const events = parse([text], { thinkingOpen });
    expect(calls(events)).toMatchObject([{ inReasoning: true, call: { name: "read" } }]);
    expect(shown(events, "reasoning").trim()).toBe("I should look.");
    expect(shown(events)).toBe("");
  });

  it("leave what follows to the answer, and its closer is markup", () => {
    const events = parse([`<think>Look.\n${READ}\nGood.\n</think>\n\nDone.`]);
    expect(shown(events, "reasoning").trim()).toBe("Look.");
    expect(shown(events)).toBe("Good.Done.");
  });
});

describe("real outputs", () => {
  const folder = path.join(import.meta.dirname, "..", "..", "fixtures", "outputs", "hermes-json");
  const names = ["find", "edit", "write", "shell", "read_file", "list_files"];
  const open: ToolSpec[] = names.map((name) => ({
    name,
    description: "",
    parameters: { type: "object", additionalProperties: true },
  }));

  it.each([
    ["qwen2.5-coder-0.5b-fenced-list-files", ["list_files fenced"]],
    ["qwen2.5-coder-0.5b-fenced-read-file", ["read_file fenced"]],
    ["qwen2.5-coder-1.5b-bare-write", ["write bare"]],
    ["qwen2.5-coder-1.5b-bare-write-shell", ["write bare", "shell bare"]],
    ["qwen2.5-coder-1.5b-fenced-edit", ["edit fenced"]],
    ["qwen2.5-coder-1.5b-fenced-find", ["find fenced"]],
    ["qwen2.5-coder-1.5b-fenced-list-files", ["list_files fenced"]],
    ["qwen2.5-coder-1.5b-fenced-read-file", ["read_file fenced"]],
    ["qwen2.5-coder-1.5b-prose-javascript", []],
    ["qwen2.5-coder-1.5b-prose-sh", []],
    ["qwen2.5-coder-1.5b-three-fences-cut", ["find fenced", "edit fenced", "shell fenced cut"]],
  ])("%s", (name, expected) => {
    const file = path.join(folder, `${name}.txt`);
    expect(existsSync(file)).toBe(true);
    const text = readFileSync(file, "utf8");
    const events = parse([text], { tools: open, cut: name.endsWith("-cut") });
    const found = calls(events).map(({ call, notation, malformed }) =>
      [call.name, notation, ...(malformed ? [malformed.type] : [])].join(" "),
    );
    expect(found).toEqual(expected);
    expect(shown(events).trim()).toBe(expected.length === 0 ? text.trim() : "");
  });
});
