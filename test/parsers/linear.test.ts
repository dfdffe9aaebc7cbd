import { describe, expect, it } from "vitest";
import { createParser, findFileBlocks, parserSpecs, unknownSpec } from "../../src/parsers/index.ts";
import type { ParserSpec } from "../../src/types/index.ts";
import { tools } from "../support/parsers.ts";

const families: readonly ParserSpec[] = [...Object.values(parserSpecs), unknownSpec];

/** Texts that would cost the square of their length if anything were read again and again: a beginning, and what is repeated after it. */
const ADVERSARIAL: Readonly<Record<string, readonly [start: string, repeated: string]>> = {
  "angle brackets": ["", "<"],
  braces: ["", "{"],
  brackets: ["", "["],
  "comments in braces": ["", "{//"],
  "lines of comment": ["", "{//\n"],
  "openers of calls": ["", "<tool_call>"],
  "objects never closed": ["", '{"name": "read", "a": '],
  "fences never closed": ["", '```json\n{"name": "'],
  "white space": ["<tool_call>", " "],
  "closers inside a value": ["<function=read><parameter=path>", "</parameter>x"],
  "value tags": ["<tool_call>read<arg_key>k</arg_key>x", "<arg_value>"],
  headers: ["", "<|channel|>"],
  quotes: ['{"name": "read", "arguments": {"path": "', '" '],
  escapes: ['{"name": "read", "arguments": {"path": "', '\\\\\\"'],
  "nested objects": ['{"name": "read", "arguments": ', '{"a":'],
  "Python never closed": ["", "read(path=["],
  calls: ["", '{"name": "read", "arguments": {"path": "a"}}\n'],
  "closers after a call": ['{"name": "read", "arguments": {"path": "a"}}', "}"],
};

/** Families that between them have every notation; the others differ in literals, and meet their own texts. */
const OF_EACH_KIND = [unknownSpec.id, "hermes-json", "glm-xml", "harmony", "gemma4-call", "minimax-m3-xml"];

/** The family's own openers and closers without end, as far as the table has them. */
function ownTexts({ thinking, calls, channels, markers }: ParserSpec): [string, readonly [string, string]][] {
  const opens = calls.map(({ open }) => open).filter((open) => open !== "");
  const closes = calls.flatMap(({ close }) => close ?? []);
  const first = opens[0] ?? channels?.open[0] ?? thinking?.open[0] ?? "<";
  return [
    ["its opener", ["", first]],
    ["its openers in turn", ["", [...opens, ...(thinking?.open ?? []), ...markers].join("") || "<"]],
    ["its closers in a call", [first, closes.join("x") || "x"]],
    ["its opener and a name", ["", `${first}read `]],
    ["a text in its call", [`${first}{"name": "read", "arguments": {"path": "`, "<x "]],
  ];
}

const LENGTH = 6000;

/** Room for a busy machine; no time is asserted. */
const TIMEOUT = 120_000;

/** Parses a text in pieces of `size`; nothing is kept of what comes out. */
function parsePieces(text: string, spec: ParserSpec, size: number): void {
  const parser = createParser(spec, { tools, thinkingOpen: false, newId: () => "c" });
  for (let at = 0; at < text.length; at += size) parser.push(text.slice(at, at + size));
  parser.end();
}

/** CPU milliseconds that `work` costs. */
function milliseconds(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const textOf = ([start, repeated]: readonly [string, string], length: number): string =>
  start + repeated.repeat(Math.ceil(length / repeated.length));

/**
 * How many times more `work` costs with four times the `length`; the best of several tries counts, and one that is done in a few
 * milliseconds is not measured again.
 */
function growth(length: number, work: (length: number) => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 6 && best > 8; run++) {
    const long = milliseconds(() => work(4 * length));
    if (long < 10) return 1;
    const short = milliseconds(() => work(length));
    best = Math.min(best, long / Math.max(short, 1));
  }
  return best;
}

/** Four times the text may cost four times as much; sixteen times would be the square. */
const TOO_MUCH = 12;

describe.each(families.map((spec) => ({ spec, id: spec.id })))("$id costs what the text is long", ({ spec }) => {
  it.each([1, 1 << 20])("in pieces of %i", { timeout: TIMEOUT }, (size) => {
    const cases = [...(OF_EACH_KIND.includes(spec.id) ? Object.entries(ADVERSARIAL) : []), ...ownTexts(spec)];
    const slow = cases
      .map(([what, text]) => ({
        what,
        growth: growth(LENGTH, (length) => parsePieces(textOf(text, length), spec, size)),
      }))
      .filter((found) => found.growth >= TOO_MUCH);
    expect(slow).toEqual([]);
  });
});

describe("the files in an answer cost what the text is long", () => {
  const block = (before: string, info: string, inside: string): string =>
    `${before}\n\`\`\`${info}\nlet a;\n${inside}\n\`\`\`\n`;

  it.each<[what: string, repeated: string, textWith: (many: string) => string]>([
    ["blank lines in a block", "\n", (many) => block("src/a.js", "js", many)],
    ["white space in a block", " ", (many) => block("src/a.js", "js", `${many}x`)],
    ["white space behind a comment's marks", " ", (many) => block("src/a.js", "js", `//${many}x`)],
    ["a long word before a fence", "a", (many) => block(many, "js", "x")],
    ["folders without a file before a fence", "a/", (many) => block(many, "js", "x")],
    ["endings without a file before a fence", ".a", (many) => block(`${many}-`, "js", "x")],
    ["digits before a fence", "1", (many) => block(many, "js", "x")],
    ["a long word as info string", "a", (many) => block("", many, "x")],
    ["white space behind a fence's marks", " ", (many) => `\`\`\`${many}\``],
    ["a long fence of tildes", "~", (many) => `${many}\``],
    ["white space in a first comment", " ", (many) => `\`\`\`js\n// src/a.js${many}x\ny\n\`\`\`\n`],
    ["dots in a first comment", "a.", (many) => `\`\`\`js\n// ${many}!\ny\n\`\`\`\n`],
    ["blocks", "src/a.js\n```js\nx\n```\n", (many) => many],
  ])("%s", { timeout: TIMEOUT }, (_what, repeated, textWith) => {
    const known = { has: (path: string): boolean => path === "src/a.js", texts: new Map([["src/a.js", "let a;\n"]]) };
    const read = (length: number): void => void findFileBlocks(textWith(textOf(["", repeated], length)), known);
    expect(growth(LENGTH / 2, read)).toBeLessThan(TOO_MUCH);
  });
});

it.each([
  [10, "hermes-json", "<"],
  [1, "hermes-json", "{"],
  [1, "hermes-json", " "],
  [1, "hermes-json", "<tool_call>"],
  [1, "unknown", "<"],
])("%i MB pass as %s, nothing held back: %j", { timeout: TIMEOUT }, (megabytes, family, repeated) => {
  const chunk = repeated.repeat(Math.ceil(2 ** 16 / repeated.length));
  const spec = parserSpecs[family] ?? unknownSpec;
  const parser = createParser(spec, { tools, thinkingOpen: false, newId: () => "c" });
  let given = 0;
  let taken = 0;
  let most = 0;
  for (let turn = 0; turn < 16 * megabytes; turn++) {
    given += chunk.length;
    taken = parser.push(chunk).at(-1)?.span.end ?? taken;
    most = Math.max(most, given - taken);
  }
  for (const event of parser.end()) taken = Math.max(taken, event.span.end);
  expect(taken).toBe(given);
  // White space belongs to what comes next and waits for it.
  if (repeated !== " ") expect(most).toBeLessThan(1024);
});
