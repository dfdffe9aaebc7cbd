import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPythonArguments } from "../../src/parsers/python/arguments.ts";
import { draws } from "../support/draws.ts";
import { calls, parse, shown } from "../support/parsers.ts";

const values = (text: string): unknown => {
  const read = readPythonArguments(text);
  if (!read) return undefined;
  const keywords = [...read.keywords].map(([key, json]) => [key, JSON.parse(json)] as const);
  return [
    ...read.positional.map((json) => JSON.parse(json)),
    ...(keywords.length > 0 ? [Object.fromEntries(keywords)] : []),
  ];
};

describe("arguments as Python writes them", () => {
  it.each([
    ["", []],
    ["a=1, b='x'", [{ a: 1, b: "x" }]],
    ["a=True, b=false, c=None, d=null", [{ a: true, b: false, c: null, d: null }]],
    ["a=-1.5e3, b=1_000, c=0xff, d=.5, e=1., f=+2", [{ a: -1500, b: 1000, c: 255, d: 0.5, e: 1, f: 2 }]],
    [
      "a=[1, [2,], (3, 4)], b={'k': {1: 2}}, c={'x', 'y'}",
      [{ a: [1, [2], [3, 4]], b: { k: { 1: 2 } }, c: ["x", "y"] }],
    ],
    [String.raw`a='it\'s', b="\x41\u00e9\U0001F600\101\d"`, [{ a: "it's", b: "Aé😀A\\d" }]],
    [String.raw`a=r"\d+\n", b=f'x'`, [{ a: "\\d+\\n", b: "x" }]],
    ["a='''two\nlines, 'quoted' ''', b=\"\"\"\"x\" \"\"\"", [{ a: "two\nlines, 'quoted' ", b: '"x" ' }]],
    ['a="say "hi" now", b="it\'s"', [{ a: 'say "hi" now', b: "it's" }]],
    ["'first', 2, key='k'", ["first", 2, { key: "k" }]],
    ["a=hello", [{ a: "hello" }]],
    ["a=constructor", [{ a: "constructor" }]],
    ["a=", undefined],
    ["a=1 b=2", undefined],
    ["a=f(x)", undefined],
    ["a=[1", [{ a: [1] }]],
    ["a={1, 'k': 2}", undefined],
    ["a={'k': 2, 1}", undefined],
  ])("%s", (text, expected) => expect(values(text)).toEqual(expected));

  it("are the same after a round through JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(values(`a=${JSON.stringify(value)}`)).toEqual([{ a: JSON.parse(JSON.stringify(value)) }]);
        expect(readPythonArguments(`a=${JSON.stringify(value)}`)?.repairs).toEqual([]);
      }),
      draws(1000),
    );
  });

  it("never throw", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."a='\"[](){},:\\ 1") }), (text) => void values(text)),
      draws(3000),
    );
  });
});

describe("calls in Python", () => {
  const callsOf = (text: string) =>
    calls(parse([text], { family: "pythonic" })).map(({ call, repairs, malformed }) => [
      call.name,
      call.arguments,
      repairs.map(({ name }) => name),
      malformed?.type,
    ]);

  it("name their positional arguments by the tool", () => {
    expect(callsOf('[write("a.ts", content="x")]')).toEqual([
      ["write", '{"path": "a.ts", "content": "x"}', ["positional_argument"], undefined],
    ]);
  });

  it("end where a marker says so", () => {
    expect(callsOf("<|python_start|>[read(path='a'<|python_end|>Done.")).toEqual([
      ["read", '{"path": "a"}', ["missing_closer"], undefined],
    ]);
  });

  it("keep raw what cannot be read", () => {
    expect(callsOf("<|python_start|>read(path=open(1))<|python_end|>")).toEqual([
      ["read", "path=open(1)", [], "bad_arguments"],
    ]);
  });

  it.each(["[link](url)", "[see(this)]", "a[0](x=1)", "[f(x) for x in xs]", "for example [read(path='a')]"])(
    "are not %s",
    (text) => expect(shown(parse([text], { family: "pythonic" }))).toBe(text),
  );
});
