import { describe, expect, it } from "vitest";
import type { ParameterSchema } from "../../src/types/index.ts";
import { calls, merged, parse, shown, tools } from "../support/parsers.ts";

describe("calls in tags", () => {
  const found = (text: string, family: string) =>
    calls(parse([text], { family })).map(({ call, repairs, malformed }) => [
      call.name,
      call.arguments,
      repairs.map(({ name }) => name),
      malformed?.type,
    ]);

  it("may lack the tag of a value, or the value", () => {
    expect(found("<tool_call>read<arg_key>path</arg_key>a</arg_value></tool_call>", "glm-xml")).toEqual([
      ["read", '{"path": "a"}', ["missing_value_tag"], undefined],
    ]);
    expect(found("<tool_call>read<arg_key>path</arg_key></tool_call>", "glm-xml")).toEqual([
      ["read", "{}", ["missing_value", "missing_closer"], undefined],
    ]);
  });

  it("may close their tags at once", () => {
    const call = '<minimax:tool_call><invoke name="write"><parameter name="path"/></invoke></minimax:tool_call>';
    expect(found(call, "minimax-m2-xml")).toEqual([["write", '{"path": ""}', [], undefined]]);
    const whole = '<minimax:tool_call><invoke name="read"/></minimax:tool_call>Done.';
    expect(found(whole, "minimax-m2-xml")).toEqual([["read", "{}", [], undefined]]);
    expect(shown(parse([whole], { family: "minimax-m2-xml" }))).toBe("Done.");
    const more = '<minimax:tool_call><invoke name="read"/>{"path": "b"}</minimax:tool_call>';
    expect(found(more, "minimax-m2-xml")[0]).toEqual(["read", "{}", [], undefined]);
  });

  it("are calls also where the answer breaks off in a tag of theirs, outside the family's markers too", () => {
    const now = [{ name: "now", description: "", parameters: { type: "object", properties: {} } }];
    const read = (text: string, cut: boolean) =>
      calls(parse([text], { family: "hermes-json", tools: now, cut })).map(({ call, malformed }) => [
        call.name,
        malformed?.type,
      ]);
    for (const text of ["<function=now", "<function=now>\n<", "<function=now>\n</function"]) {
      expect(read(text, true), text).toEqual([["now", "cut"]]);
      expect(read(text, false), text).toEqual([["now", undefined]]);
    }
    expect(read("<function=now>\nis how it is written", false)).toEqual([]);
  });

  it("end names and attributes that are too long at the same place in whatever pieces they come", () => {
    for (const quote of ["", '"']) {
      for (let length = 190; length < 210; length++) {
        const text = `<|open|>call tool="f${quote}${"a".repeat(length)}<|sep|>and so on`;
        const family = "kimi-k3";
        expect(merged(parse([...text], { family })), text).toEqual(merged(parse([text], { family })));
      }
    }
  });

  it("are lists or objects as the schema says, whatever their members are called", () => {
    const prefix = "]<]minimax[>[";
    const tag = (name: string, inside: string) => `${prefix}<${name}>${inside}${prefix}</${name}>`;
    const text = tag("tool_call", `${prefix}<invoke name="f">${tag("set", tag("item", "x"))}${prefix}</invoke>`);
    const argumentsFor = (set: ParameterSchema) => {
      const declared = [{ name: "f", description: "", parameters: { type: "object", properties: { set } } }];
      return calls(parse([text], { family: "minimax-m3-xml", tools: declared })).map(({ call }) => call.arguments);
    };
    expect(argumentsFor({ type: "array", items: { type: "string" } })).toEqual(['{"set": ["x"]}']);
    expect(argumentsFor({ type: "object" })).toEqual(['{"set": {"item": "x"}}']);
  });
});

describe("arguments in tags", () => {
  const values = (text: string, more = tools) => {
    const [event] = calls(parse([text], { family: "qwen3-coder-xml", tools: more }));
    return JSON.parse(event!.call.arguments);
  };
  const call = (name: string, key: string, value: string) =>
    `<tool_call><function=${name}><parameter=${key}>${value}</parameter></function></tool_call>`;

  it.each([
    ["read", "start", "12", 12],
    ["read", "path", "12", "12"],
    ["read", "path", "null", "null"],
    ["read", "lines", "None", null],
    ["read", "lines", "7", 7],
    ["shell", "timeout", "\n1.5\n", 1.5],
    ["shell", "background", "True", true],
    ["shell", "background", "perhaps", "perhaps"],
    ["todo", "items", "[{'text': 'x', 'state': None}]", [{ text: "x", state: null }]],
    ["todo", "items", "[unclosed", "[unclosed"],
    ["write", "content", "\nline\n\n", "line\n"],
    ["write", "content", "  x ", "  x "],
    ["write", "content", '{"a": 1}', '{"a": 1}'],
    ["write", "content", "a </parameter> b", "a </parameter> b"],
    ["write", "content", "a </function> b", "a </function> b"],
    ["write", "content", "<b>&lt;</b>", "<b>&lt;</b>"],
    ["write", "toString", "x", "x"],
  ])("%s.%s of %j", (name, key, raw, value) => expect(values(call(name, key, raw))).toEqual({ [key]: value }));

  it("types by anyOf", () => {
    const parameters = { type: "object", properties: { x: { anyOf: [{ type: "array" }, { type: "string" }] } } };
    const typed = [{ name: "f", description: "", parameters }];
    expect(values(call("f", "x", "[1, 2]"), typed)).toEqual({ x: [1, 2] });
    expect(values(call("f", "x", "words"), typed)).toEqual({ x: "words" });
  });

  it("mends closers that were forgotten", () => {
    const text =
      "<function=write>\n<parameter=path>\na\n<parameter=content>\nb\n</parameter>\n</function>\n</tool_call>";
    const events = parse([text], { family: "qwen3-coder-xml" });
    expect(calls(events)).toMatchObject([
      { call: { arguments: '{"path": "a", "content": "b"}' }, repairs: [{ name: "missing_closer" }] },
    ]);
  });
});
