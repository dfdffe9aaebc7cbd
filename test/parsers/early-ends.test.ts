import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mayLackPart, resolveCall } from "../../src/parsers/index.ts";
import { draws } from "../support/draws.ts";
import { calls, coverageFault, merged, parse, shown, tools } from "../support/parsers.ts";

const call = (content: string): string => `{"name": "write", "arguments": {"path": "a.txt", "content": "${content}"}}`;

/** What a writing tool would be run with; undefined where it would not be run. */
function written(text: string): unknown {
  const events = parse([text]);
  expect(coverageFault(events, text)).toBeUndefined();
  expect(merged(parse([...text]))).toEqual(merged(events));
  const [found] = calls(events);
  if (!found || found.malformed) return undefined;
  const resolved = resolveCall(found.call, tools);
  if (resolved.type !== "ready" || mayLackPart("write", [...found.repairs, ...resolved.repairs])) return undefined;
  return resolved.input;
}

const SAID = '{"path": "a.txt", "content": "say "hay" often"}';

describe("quotes that are not escaped", () => {
  it.each([
    [
      "hermes-json",
      `{"tool_calls": [{"type": "function", "function": {"name": "write", "arguments": ${SAID}}}, {"type": "function", "function": ${call("b")}}]}`,
    ],
    [
      "command-r",
      `<|START_ACTION|>[{"tool_call_id": "0", "tool_name": "write", "parameters": ${SAID}},\n {"tool_call_id": "1", "tool_name": "write", "parameters": {"path": "b", "content": "b"}}]<|END_ACTION|>`,
    ],
  ])("swallow no call behind theirs in a list (%s)", (family, text) => {
    const found = calls(parse([text], { family }));
    expect(found.map(({ call }) => call.name)).toEqual(["write", "write"]);
    for (const { call: one, repairs } of found) {
      expect(resolveCall(one, tools).type).toBe("ready");
      expect(mayLackPart("write", repairs)).toBeUndefined();
    }
  });

  it("leave a call fit to be run beside a parameter that there is not", () => {
    const text = '{"name": "shell", "arguments": {"command": "grep "hay" a.txt", "description": "look"}}';
    const [found] = calls(parse([text]));
    const resolved = resolveCall(found!.call, tools);
    expect(resolved).toMatchObject({ type: "ready", input: { command: 'grep "hay" a.txt' } });
    expect(mayLackPart("shell", found!.repairs)).toBeUndefined();
  });

  it("end no object before a marker that they hold", () => {
    const content = 'x = s.split("</think>")[-1]';
    expect(written(call(content))).toEqual({ path: "a.txt", content });
  });
});

it("arguments that are text inside a string may lack their end as well", () => {
  const half = JSON.stringify('{"path": "a.txt", "content": "half of the fi');
  expect(written(`<tool_call>\n{"name": "write", "arguments": ${half}}\n</tool_call>`)).toBeUndefined();
});

it("an apostrophe in a comment begins no string", () => {
  const events = parse(['{\n// Let\'s read it\n"name": "read", "arguments": {"path": "a.txt"}}\nThat is all.']);
  expect(calls(events)).toMatchObject([{ call: { name: "read", arguments: '{"path": "a.txt"}' } }]);
  expect(shown(events)).toBe("That is all.");
});

const AROUND: Readonly<Record<string, (call: string) => string>> = {
  "in markers": (text) => `<tool_call>\n${text}\n</tool_call>`,
  "in a fence": (text) => `\`\`\`json\n${text}\n\`\`\`\nThat is it.`,
  bare: (text) => text,
};

describe.each(Object.entries(AROUND))("quotes that are not escaped, %s", (_, around) => {
  it.each([
    '{"name": "demo"}',
    '{"a": {"b": "c"}}',
    '{\n  "a": {"b": "c"}\n}\n',
    'd = {"a": "b"}; print(d["a"])',
    'print("hay")',
    'x = [{"a": "b"}]\\n',
  ])("are read to the end of the content: %s", (content) => {
    expect(written(around(call(content)))).toEqual({ path: "a.txt", content: content.replace("\\n", "\n") });
  });

  it("never make a part of a file of what is JSON inside", () => {
    // What JSON inside a string looks like, is left out: nobody can tell that apart.
    const stringUnit = fc.constantFrom(..."ab :{[<`'.");
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: "small", stringUnit }), fc.constantFrom(0, 2), (value, indent) => {
        const content = JSON.stringify({ value }, null, indent);
        const input = written(around(call(content))) ?? { path: "a.txt", content };
        expect(input).toEqual({ path: "a.txt", content });
      }),
      draws(2_000),
    );
  });

  it("never let a key inside stand for one of the call", () => {
    const text = around(call('d = {"a": "b", "path": "other.txt"}\\n'));
    expect(written(text)).toBeUndefined();
    expect(written(around(call('{"name": "demo", "version": "1.0"}')))).toBeUndefined();
  });
});

const READ = '{"name": "read", "arguments": {"path": "a.txt"}}';

describe("what only looks like the object of a call hides nothing behind it", () => {
  it.each([
    ["a quote that never ends", 'I look at `{"name": "` first.\n\n', `\`\`\`json\n${READ}\n\`\`\``],
    ["code in a fence", '```js\nsave({"type": "user-" + id});\n```\nSo:\n', `<tool_call>\n${READ}\n</tool_call>`],
    ["code before a call", 'See f({"name": "a" + b}) there. ', `<tool_call>\n${READ}\n</tool_call>`],
    ["a brace before a fence", 'I see {"name": "demo", and so on.\n\n', `\`\`\`json\n${READ}\n\`\`\``],
    ["a brace before a call", 'I see {"name": "demo", and so on. ', `<tool_call>${READ}</tool_call>`],
  ])("%s", (_, text, call) => {
    const events = parse([text + call]);
    expect(calls(events)).toMatchObject([{ call: { name: "read" } }]);
    expect(shown(events).trimEnd()).toBe(text.trimEnd());
    expect(merged(parse([...text, ...call]))).toEqual(merged(events));
  });

  it("nor the end of the reasoning", () => {
    const events = parse(['<think>It has f({"name": "a" + b}) in it.</think>So.']);
    expect(shown(events, "reasoning")).toBe('It has f({"name": "a" + b}) in it.');
    expect(shown(events)).toBe("So.");
  });

  it("nor the end of a message of harmony", () => {
    const text = '<|channel|>analysis<|message|>I call {"name": "a" + b}<|end|>';
    const call = '<|start|>assistant<|channel|>commentary to=functions.read<|message|>{"path": "a.txt"}<|call|>';
    expect(calls(parse([text + call], { family: "harmony" }))).toMatchObject([{ notation: "native" }]);
  });
});

describe("a value in tags that shows a call", () => {
  const edit = (value: string): string =>
    `<tool_call>\n<function=write>\n<parameter=path>\na.md\n</parameter>\n<parameter=content>\n${value}\n</parameter>\n</function>\n</tool_call>`;
  const shownCall = "So:\n<function=read>\n<parameter=path>\nother.md\n</parameter>\n</function>";
  const inGlm = (value: string): string =>
    `<tool_call>write\n<arg_key>path</arg_key>\n<arg_value>a.md</arg_value>\n<arg_key>content</arg_key>\n<arg_value>${value}</arg_value>\n</tool_call>`;
  const shownPair = "So:\n<arg_key>path</arg_key><arg_value>other.md</arg_value>\nok";

  it.each([
    ["qwen3-coder-xml", edit(shownCall), shownCall],
    ["glm-xml", inGlm(shownPair), shownPair],
  ])("holds it whole, and its parameters are none of the call's own: %s", (family, text, content) => {
    const events = parse([text], { family });
    expect(calls(events).map(({ call }) => JSON.parse(call.arguments) as unknown)).toEqual([{ path: "a.md", content }]);
    expect(merged(parse([...text], { family }))).toEqual(merged(events));
  });
});
