import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createParser, parserSpecs } from "../../src/parsers/index.ts";
import { draws } from "../support/draws.ts";
import { calls, parse, shown, tools } from "../support/parsers.ts";
import { callsInTags } from "../support/parsers-native.ts";

type Input = { readonly path: string; readonly content: string };

/** A string as JSON writes it is one of Python too. */
const inPython = ({ path, content }: Input): string =>
  `write(path=${JSON.stringify(path)}, content=${JSON.stringify(content)})`;

/** How each family's template writes a call of `write`, and what its values may not contain. */
const NATIVE: Readonly<Record<string, { render: (input: Input) => string; reserved: RegExp }>> = {
  "hermes-json": {
    render: (input) => `<tool_call>\n{"name": "write", "arguments": ${JSON.stringify(input)}}\n</tool_call>`,
    reserved: /$^/,
  },
  "qwen3-coder-xml": {
    render: ({ path, content }) =>
      `<tool_call>\n<function=write>\n<parameter=path>\n${path}\n</parameter>\n<parameter=content>\n${content}\n</parameter>\n</function>\n</tool_call>`,
    reserved: /<\/(?:parameter|function|tool_call)>|<parameter=/,
  },
  "glm-xml": {
    render: ({ path, content }) =>
      `<tool_call>write\n<arg_key>path</arg_key>\n<arg_value>${path}</arg_value>\n<arg_key>content</arg_key>\n<arg_value>${content}</arg_value>\n</tool_call>`,
    reserved: /<\/?arg_(?:key|value)>|<\/tool_call>/,
  },
  harmony: {
    render: (input) =>
      `<|channel|>commentary to=functions.write <|constrain|>json<|message|>${JSON.stringify(input)}<|call|>`,
    reserved: /<\|/,
  },
  ...Object.fromEntries(
    Object.entries<(json: string) => string>({
      "deepseek-v3-json": (json) =>
        `<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>write\n\`\`\`json\n${json}\n\`\`\`<｜tool▁call▁end｜><｜tool▁calls▁end｜>`,
      "deepseek-v3.1": (json) =>
        `<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>write<｜tool▁sep｜>${json}<｜tool▁call▁end｜><｜tool▁calls▁end｜>`,
      "kimi-k2": (json) =>
        `<|tool_calls_section_begin|><|tool_call_begin|>functions.write:0<|tool_call_argument_begin|>${json}<|tool_call_end|><|tool_calls_section_end|>`,
      mistral: (json) => `[TOOL_CALLS]write[CALL_ID]a1b2c3d4e[ARGS]${json}`,
      llama3: (json) => `{"name": "write", "parameters": ${json}}`,
      "command-r": (json) =>
        `<|START_ACTION|>[\n    {"tool_call_id": "0", "tool_name": "write", "parameters": ${json}}\n]<|END_ACTION|>`,
      "apertus-json": (json) => `<|tools_prefix|>[{"write": ${json}}]<|tools_suffix|>`,
      "internlm2-plugin": (json) => `<|action_start|><|plugin|>{"name": "write", "parameters": ${json}}<|action_end|>`,
      "gigachat-json": (json) =>
        `<|message_sep|>\n\nfunction call<|role_sep|>\n{"name": "write", "arguments": ${json}}`,
      granite: (json) => `<|tool_call|>[{"name": "write", "arguments": ${json}}]`,
      "jamba-json": (json) => `<tool_calls>[\n    {"name": "write", "arguments": ${json}}\n]</tool_calls>`,
      "phi4-functools": (json) => `functools[{"name": "write", "arguments": ${json}}]`,
      "xlam-json": (json) => `[{"name": "write", "arguments": ${json}}]`,
      "functionary-v3": (json) => `<|from|>assistant\n<|recipient|>write\n<|content|>${json}`,
    }).map(([family, render]) => [
      family,
      { render: (input: Input) => render(JSON.stringify(input)), reserved: family === "functionary-v3" ? /<\|/ : /$^/ },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries<(call: string) => string>({
      "olmo3-pythonic": (call) => `<function_calls>${call}</function_calls>`,
      "lfm2-pythonic": (call) => `<|tool_call_start|>[${call}]<|tool_call_end|>`,
      pythonic: (call) => `[${call}]`,
    }).map(([family, render]) => [family, { render: (input: Input) => render(inPython(input)), reserved: /$^/ }]),
  ),
  "gemma4-call": {
    render: ({ path, content }) =>
      `<|tool_call>call:write{path:<|"|>${path}<|"|>,content:<|"|>${content}<|"|>}<tool_call|>`,
    reserved: /<\|"\|>/,
  },
  "functiongemma-call": {
    render: ({ path, content }) =>
      `<start_function_call>call:write{path:<escape>${path}<escape>,content:<escape>${content}<escape>}<end_function_call>`,
    reserved: /<escape>/,
  },
};

/** What stands before the first call, and between two, where that is more than a line break. */
const AROUND: Readonly<Record<string, { readonly before: string; readonly between: string }>> = {
  harmony: {
    before: "<|channel|>final<|message|>First.<|end|><|start|>assistant",
    between: "<|start|>assistant",
  },
  "functionary-v3": { before: "<|from|>assistant\n<|recipient|>all\n<|content|>First.\n", between: "\n" },
};

const HOSTILE = [
  "<tool_call>",
  "</tool_call>",
  "<think>",
  "</think>",
  "<function=read>",
  "</function>",
  "</parameter>",
  "<|message|>",
  "```json\n",
  "\n```\n",
  '{"name": "read", "arguments": {"path": "a"}}',
  "{{x}}",
  "\\n",
  "\\",
  '"',
  "'",
  "\n",
  "\r\n",
  "  ",
  "\t",
  "&lt;",
  "漢字",
  "😀",
  "\u2028",
  "null",
  "42",
  "',",
  '")]',
  "}]",
  "[TOOL_CALLS]",
  "<｜tool▁call▁end｜>",
  "<|tool_call_end|>",
  "<tool_call|>",
  "functools[",
  "[read(path='a')]",
];

const hostile = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ maxLength: 8 })), { maxLength: 12 })
  .map((parts) => parts.join(""));

describe.each(Object.entries({ ...NATIVE, ...callsInTags }))("native calls of %s", (family, { render, reserved }) => {
  const value = hostile.filter((text) => !reserved.test(text));

  it("come back as they were, whatever their values hold", () => {
    fc.assert(
      fc.property(value, value, (path, content) => {
        const events = parse([render({ path, content })], { family });
        expect(calls(events).map(({ call }) => [call.name, JSON.parse(call.arguments)])).toEqual([
          ["write", { path, content }],
        ]);
        expect(calls(events)[0]).toMatchObject({ notation: "native", repairs: [] });
        expect(shown(events)).toBe("");
      }),
      draws(150),
    );
  });

  it("come back in order, with the text before them", () => {
    const inputs = [1, 2, 3].map((number) => ({ path: `${number}.ts`, content: `a\n${number}\n` }));
    const { before, between } = AROUND[family] ?? {
      before: callsInTags[family]?.before ?? "First.\n",
      between: "\n",
    };
    const events = parse([before + inputs.map(render).join(between)], { family });
    expect(calls(events).map(({ call }) => JSON.parse(call.arguments))).toEqual(inputs);
    expect(shown(events).trim()).toBe("First.");
  });

  it("are flagged when the tool is not declared", () => {
    const text = render({ path: "a", content: "b" }).replaceAll("write", "launch_rocket");
    expect(calls(parse([text], { family }))).toMatchObject([
      { call: { name: "launch_rocket" }, malformed: { type: "unknown_tool", name: "launch_rocket" } },
    ]);
  });

  it("are flagged wherever the answer was cut, but for whole ones", () => {
    const input = { path: "a", content: "long text" };
    const text = render(input);
    const inside = text.indexOf("long text") + 3;
    for (let end = 0; end <= text.length; end++) {
      const found = calls(parse([text.slice(0, end)], { family, cut: true }));
      if (end === inside) expect(found).toMatchObject([{ call: { name: "write" }, malformed: { type: "cut" } }]);
      for (const { call, malformed } of found) {
        if (malformed?.type !== "cut") expect([end, JSON.parse(call.arguments)]).toEqual([end, input]);
      }
    }
  });
});

describe("native calls that are broken", () => {
  it.each([
    ["no name", '<tool_call>{"arguments": {}}</tool_call>', { type: "missing_name" }],
    [
      "an empty tag of the name",
      "<tool_call><function=><parameter=path>a</parameter></function></tool_call>",
      { type: "missing_name" },
    ],
    [
      "arguments that are a list",
      '<tool_call>{"name": "read", "arguments": [1]}</tool_call>',
      { type: "bad_arguments" },
    ],
    ["no JSON", '<tool_call>{"name": "read", "arguments": {a b}}</tool_call>', { type: "bad_arguments" }],
  ])("come back flagged: %s", (_what, text, malformed) => {
    const events = parse([text]);
    expect(calls(events)).toMatchObject([{ malformed }]);
    expect(shown(events)).toBe("");
  });

  it.each([
    ["kimi-k2", "<|tool_call_begin|>functions.read:0"],
    ["mistral", "[TOOL_CALLS]read"],
    ["deepseek-v3.1", "<｜tool▁call▁begin｜>read"],
  ])("takes a name at the end of an answer of %s for a call, unless it was cut", (family, text) => {
    expect(calls(parse([text], { family }))).toMatchObject([{ call: { name: "read", arguments: "{}" } }]);
    expect(calls(parse([text], { family }))[0]).not.toHaveProperty("malformed");
    expect(calls(parse([text], { family, cut: true }))).toMatchObject([{ malformed: { type: "cut" } }]);
  });

  it("tells of a text that lacks its end before anything else", () => {
    const text = "<|channel|>commentary to=functions.write<|message|>{'path': 'a', \"content\": \"b";
    expect(calls(parse([text], { family: "harmony" }))).toMatchObject([{ repairs: [{ name: "unclosed_text" }] }]);
  });

  it("keeps the raw arguments of harmony", () => {
    const events = parse(["<|channel|>commentary to=functions.read<|message|>Computing...<|call|>"], {
      family: "harmony",
    });
    expect(calls(events)).toMatchObject([
      { call: { arguments: "Computing..." }, malformed: { type: "bad_arguments" } },
    ]);
  });

  it.each([
    [
      "kimi-k2",
      "<|tool_call_begin|>functions.read:7<|tool_call_argument_begin|>{}<|tool_call_end|>",
      "functions.read:7",
    ],
    ["mistral", "[TOOL_CALLS]read[CALL_ID]a1b2c3d4e[ARGS]{}", "a1b2c3d4e"],
    ["mistral", "[TOOL_CALLS]read[ARGS]{}", undefined],
  ])("hands on the id that is written in a call of %s", (family, text, id) => {
    const written: (string | undefined)[] = [];
    const newId = (one?: string): string => `c${written.push(one)}`;
    const parser = createParser(parserSpecs[family]!, { tools, thinkingOpen: false, newId });
    expect(calls([...[...text].flatMap((character) => parser.push(character)), ...parser.end()])).toHaveLength(1);
    expect(written).toEqual([id]);
  });

  it("finds the tool of a call without a name where its arguments fit one alone", () => {
    const call = (args: string) =>
      `<|tool_call_begin|>0<|tool_call_argument_begin|>${args}<|tool_call_end|><|tool_calls_section_end|>`;
    const family = "kimi-k2";
    expect(calls(parse([call('{"command": "ls"}')], { family }))).toMatchObject([
      { call: { name: "shell" }, repairs: [{ name: "tool_by_arguments" }] },
    ]);
    expect(calls(parse([call('{"path": "a"}')], { family }))).toMatchObject([{ call: { name: "read" } }]);
    for (const args of ["{}", '{"command": 1}', '{"command": "ls", "b": 1}']) {
      expect(calls(parse([call(args)], { family }))).toMatchObject([
        { call: { name: "" }, malformed: { type: "missing_name" } },
      ]);
    }
  });

  it("reads assignments behind GLM's marker, of declared tools and keys", () => {
    const text = "<tool_call>read path=src/a b.ts start=12</tool_call>";
    const events = parse([...text], { family: "glm-xml" });
    expect(calls(events).map(({ call }) => JSON.parse(call.arguments))).toEqual([{ path: "src/a b.ts", start: 12 }]);
    for (const other of ["<tool_call>read paths=a</tool_call>", "<tool_call>launch path=a</tool_call>"]) {
      expect(shown(parse([other], { family: "glm-xml" }))).toBe(other);
    }
  });

  it("keeps what is no call as text", () => {
    for (const text of ["<tool_call>", "<tool_call>\n\nno", "a <tool_call fakeout", "<tool_call></tool_call>!"]) {
      expect(shown(parse([text]))).toBe(text);
    }
  });
});
