import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memberTexts } from "../../src/parsers/json/members.ts";
import { ObjectReader } from "../../src/parsers/json/object-reader.ts";
import { readJson } from "../../src/parsers/json/repair.ts";
import { draws } from "../support/draws.ts";

const names = (text: string): string[] => [...new Set(readJson(text)?.repairs.map((repair) => repair.name))];

describe("JSON as models write it", () => {
  it.each([
    ["raw line break", '{"a": "x\ny"}', { a: "x\ny" }, ["raw_newline"]],
    ["raw tab", '{"a": "x\ty"}', { a: "x\ty" }, ["control_character"]],
    ["trailing comma", '{"a": [1, 2,],}', { a: [1, 2] }, ["trailing_comma"]],
    ["missing comma", '{"a": 1 "b": 2}', { a: 1, b: 2 }, ["missing_comma"]],
    ["single quotes", "{'a': 'it is \"b\"'}", { a: 'it is "b"' }, ["single_quotes"]],
    ["missing closers", '{"a": {"b": [1, "x', { a: { b: [1, "x"] } }, ["unclosed_text", "missing_closer"]],
    ["missing last brace", '{"a": {"b": 1}', { a: { b: 1 } }, ["missing_closer"]],
    ["doubled braces", '{{"a": {"b": 1}}}', { a: { b: 1 } }, ["doubled_braces"]],
    ["doubled braces all over", '{{"a": {{"b": 1}}}}', { a: { b: 1 } }, ["doubled_braces"]],
    ["doubled opener only", '{{"a": 1}', { a: 1 }, ["doubled_braces"]],
    ["stray closer", '{"a": 1}}', { a: 1 }, ["stray_closer"]],
    ["Python literals", '{"a": True, "b": None, "c": [False]}', { a: true, b: null, c: [false] }, ["python_literal"]],
    ["unknown escapes", '{"a": "\\a\\.js C:\\dir"}', { a: "\\a\\.js C:\\dir" }, ["invalid_escape"]],
    ["short unicode escape", '{"a": "\\u12"}', { a: "\\u12" }, ["invalid_escape"]],
    ["inner quotes", '{"a": "say("hi") now"}', { a: 'say("hi") now' }, ["inner_quote"]],
    ["half-escaped quotes", '{"a": "say(\\\\"hi\\\\") now"}', { a: 'say("hi") now' }, ["doubled_escape"]],
    ["everything escaped once too often", '{\\"a\\": \\"b\\\\nc\\"}', { a: "b\nc" }, ["doubled_escape"]],
    [
      "everything escaped, and cut",
      '{\\"a\\": \\"b',
      { a: "b" },
      ["doubled_escape", "unclosed_text", "missing_closer"],
    ],
    ["a code fence", '```json\n{"a": 1}\n```', { a: 1 }, ["fenced"]],
    ["a code fence of four backticks", '````json\n{"a": 1}\n````', { a: 1 }, ["fenced"]],
    ["a code fence that was cut", '```json\n{"a": "b`', { a: "b`" }, ["fenced", "unclosed_text", "missing_closer"]],
    ["a code fence around broken JSON", "~~~\n{'a': 1,}\n~~~", { a: 1 }, ["fenced", "single_quotes", "trailing_comma"]],
    ["entities", "{&quot;a&quot;: &quot;x &lt; y &amp;&amp; z&quot;}", { a: "x < y && z" }, ["entities"]],
    ["entities that a text means", '{"a": "&quot;",}', { a: "&quot;" }, ["trailing_comma"]],
    ["unquoted key", "{a: 1}", { a: 1 }, ["unquoted_key"]],
    ["unquoted value", '{"path": src/a.ts}', { path: "src/a.ts" }, ["unquoted_value"]],
    ["backtick string", '{"a": `x\n"y"`}', { a: 'x\n"y"' }, ["backtick_quotes", "raw_newline"]],
    ["triple quotes", '{"a": """x\ny"""}', { a: "x\ny" }, ["triple_quotes", "raw_newline"]],
    ["names of the prototype", '{"a": constructor}', { a: "constructor" }, ["unquoted_value"]],
  ])("%s", (_what, text, value, repairs) => {
    expect(readJson(text)?.value).toEqual(value);
    expect(names(text)).toEqual(repairs);
  });

  it.each(["", '{"a"', "{a b c}", '{"a": "b", c d}', "}".repeat(5)])("gives up %j", (text) => {
    expect(readJson(text)).toBeUndefined();
  });

  it.each([
    ["{", {}],
    ["hello", "hello"],
  ])("makes JSON of %j", (text, value) => {
    const read = readJson(text)!;
    expect([read.value, JSON.parse(read.json)]).toEqual([value, value]);
  });

  it("says what stood there before and after each repair", () => {
    const text = '{"a": "x\ny", "b": True,}';
    expect(names(text)).toEqual(["raw_newline", "python_literal", "trailing_comma"]);
    for (const { before, after, span } of readJson(text)!.repairs) {
      expect(text.slice(span!.start, span!.end)).toBe(before);
      expect(after).not.toBe(before);
    }
  });

  it("can be taken back: what is repaired is told with its place and its words, and nothing else has changed", () => {
    const breaks: readonly ((json: string) => string)[] = [
      (json) => json.replaceAll('"', "'"),
      (json) => json.replace(/\}$/, ",}"),
      (json) => json.slice(0, -1),
      (json) => json.replace(/^\{/, "{{"),
      (json) => json.replaceAll("true", "True").replaceAll("null", "None"),
      (json) => `\`\`\`json\n${json}\n\`\`\``,
    ];
    const value = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,6}$/),
      fc.oneof(fc.boolean(), fc.constant(null), fc.nat(), fc.stringMatching(/^[a-z ]{0,8}$/)),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(value, fc.constantFrom(...breaks), (object, spoil) => {
        const text = spoil(JSON.stringify(object));
        const read = readJson(text)!;
        expect(read.value).toEqual(object);
        const [first] = read.repairs;
        const unwrapped = first?.name === "fenced";
        if (unwrapped) expect([first.before, JSON.parse(first.after)]).toEqual([text, object]);
        for (const { before, after, span } of read.repairs) {
          expect(text.slice(span!.start, span!.end)).toBe(before);
          expect(after).not.toBe(before);
        }
      }),
      draws(500),
    );
  });

  it("never touches valid JSON", () => {
    fc.assert(
      fc.property(fc.json(), fc.boolean(), (text, pretty) => {
        const written = pretty ? JSON.stringify(JSON.parse(text), null, 2) : text;
        expect(readJson(written)).toEqual({ json: written.trim(), value: JSON.parse(written), repairs: [] });
      }),
      draws(2000),
    );
  });

  it("never throws, and what it gives is JSON", () => {
    const piece = fc.constantFrom(..."{}[]\"',:\\`ntu1 \n", "True", "null", '{"a": ', '"b"', "\\u12", '"""');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const read = readJson(pieces.join(""));
        if (read) expect(JSON.parse(read.json)).toEqual(read.value);
      }),
      draws(5000),
    );
    expect(() => readJson("[".repeat(200_000))).not.toThrow();
    expect(() => readJson('{"a":'.repeat(200_000))).not.toThrow();
  });
});

describe("the end of an object", () => {
  it("is found in valid JSON at its last brace, whatever follows", () => {
    const rest = fc.constantFrom("", " and text", '"', "}", "\n```\n", ', {"a": 1}');
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), rest, fc.constantFrom(0, 3, 4), (value, after, fence) => {
        const json = JSON.stringify(value);
        expect(new ObjectReader(fence, []).read(json + after, 0, true)).toEqual({ at: json.length, done: true });
      }),
      draws(2000),
    );
  });

  it.each([
    ['{"a": "b "c" d"}|tail', 0],
    ['{"a": {"b": 1}\n|This reads it.', 0],
    ['{"a": {"b": 1}\n|{"a": 2}', 0],
    ['{"a": "x\n|```\nmore', 3],
    ['{"a": "# T\n```sh\nls\n```\n"}|\n```', 3],
    ['{"a": "# T\n```\nls\n```\n"}|\n````', 4],
    ['{"a": "x\n```\ny\n|````\nmore', 4],
    ['{"a": "# T\n````\nls\n````\n"}|\n```', 3],
    ['{"a": 1\n```\n|````\nmore', 4],
    ['{"a": 1\n|````\nmore', 3],
  ])("of %j", (text, fence) => {
    const at = text.indexOf("|");
    expect(new ObjectReader(fence, []).read(text.replace("|", ""), 0, true)).toEqual({ at, done: true });
  });
});

it("the members of an object keep their text", () => {
  const json = '{"a": 1.0, "b\\"": {"c": [1, "}"]}, "d" : "x, y", "a": 12345678901234567890}';
  expect([...memberTexts(json)]).toEqual([
    ["a", "12345678901234567890"],
    ['b"', '{"c": [1, "}"]}'],
    ["d", '"x, y"'],
  ]);
});
