import { describe, expect, it } from "vitest";
import { readBareKeys } from "../../src/parsers/bare-keys/values.ts";
import { calls, parse, shown } from "../support/parsers.ts";

const options = { quote: "<q>", markers: ["<end>"], schema: { properties: { label: { type: "string" } } } };

const read = (text: string) => {
  const found = readBareKeys(text, options);
  return found && [JSON.parse(found.json), found.repairs.map(({ name }) => name)];
};

describe("an object with unquoted keys", () => {
  it.each<[string, unknown]>([
    ["{}", [{}, []]],
    ["{a:1,b:true,c:null,d:-1.5}", [{ a: 1, b: true, c: null, d: -1.5 }, []]],
    ["{a:<q>x<q>,b:{c:[<q>y<q>,2]}}", [{ a: "x", b: { c: ["y", 2] } }, []]],
    ['{a:<q>}],{"x":1}\n"<q>}', [{ a: '}],{"x":1}\n"' }, []]],
    ["{a:<q>one <q> in it<q>}", [{ a: "one <q> in it" }, []]],
    ["{label:null,other:hello}", [{ label: "null", other: "hello" }, []]],
    ["{label:one, two,other:3}", [{ label: "one, two", other: 3 }, []]],
    ["{a:[x,y]}", [{ a: ["x", "y"] }, []]],
    ['{"a":\'b\',c:"d"}', [{ a: "b", c: "d" }, ["single_quotes"]]],
    ["{a:<q>ls}<end>", [{ a: "ls" }, ["missing_delimiter", "missing_closer"]]],
    ["{a:<q>ls", [{ a: "ls" }, ["unclosed_text", "missing_closer"]]],
    ["{a:{b:1}", [{ a: { b: 1 } }, ["missing_closer"]]],
    ["{a}", undefined],
    [`${"{a:".repeat(200)}`, undefined],
  ])("%s", (text, expected) => expect(read(text)).toEqual(expected));
});

describe("calls with unquoted keys", () => {
  it("may follow each other between two markers, in Python too", () => {
    const text = '<|tool_call>call:read{path:<|"|>a<|"|>}call:read(path="b")<tool_call|> Done.';
    const events = parse([text], { family: "gemma4-call" });
    expect(calls(events).map(({ call }) => call.arguments)).toEqual(['{"path": "a"}', '{"path": "b"}']);
    expect(shown(events).trim()).toBe("Done.");
  });

  it("type bare values by the schema", () => {
    const text = "<|tool_call>call:read{path:42,start:7}<tool_call|>";
    expect(calls(parse([text], { family: "gemma4-call" }))[0]?.call.arguments).toBe('{"path": "42", "start": 7}');
  });
});
