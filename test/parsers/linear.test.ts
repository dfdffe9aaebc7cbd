import { describe, expect, it } from "vitest";
import { parserSpecs } from "../../src/parsers/index.ts";
import { parse } from "../support/parsers.ts";

/** Texts that would cost the square of their length if anything were read again and again. */
const ADVERSARIAL: Readonly<Record<string, (length: number) => string>> = {
  "angle brackets": (length) => "<".repeat(length),
  braces: (length) => "{".repeat(length),
  "openers of calls": (length) => "<tool_call>".repeat(length / 11),
  "objects never closed": (length) => '{"name": "read", "a": '.repeat(length / 22),
  "fences never closed": (length) => '```json\n{"name": "'.repeat(length / 18),
  "white space": (length) => `<tool_call>${" ".repeat(length)}`,
  "closers inside a value": (length) => `<function=read><parameter=path>${"</parameter>x".repeat(length / 13)}`,
  "value tags": (length) => `<tool_call>read<arg_key>k</arg_key>x${"<arg_value>".repeat(length / 11)}`,
  headers: (length) => "<|channel|>".repeat(length / 11),
  quotes: (length) => `{"name": "read", "arguments": {"path": "${'" '.repeat(length / 2)}`,
  "nested objects": (length) => `{"name": "read", "arguments": ${'{"a":'.repeat(length / 5)}`,
  calls: (length) => '{"name": "read", "arguments": {"path": "a"}}\n'.repeat(length / 45),
  "closers after a call": (length) => `{"name": "read", "arguments": {"path": "a"}}${"}".repeat(length)}`,
};

const LENGTH = 20_000;

/** Room for a busy machine; no time is asserted. */
const TIMEOUT = 120_000;

function milliseconds(text: string, family: string, size: number): number {
  const chunks: string[] = [];
  for (let at = 0; at < text.length; at += size) chunks.push(text.slice(at, at + size));
  const start = performance.now();
  parse(chunks, { family });
  return performance.now() - start;
}

describe.each(["hermes-json", "glm-xml", "harmony"])("%s costs what the text is long", (family) => {
  it.each(Object.entries(ADVERSARIAL))("%s", { timeout: TIMEOUT }, (_what, make) => {
    expect(parserSpecs[family]).toBeDefined();
    for (const size of [1, 1 << 20]) {
      // Four times the text may cost four times as much; sixteen times would be the square. The best of several runs counts.
      let best = Number.POSITIVE_INFINITY;
      for (let run = 0; run < 6 && best > 8; run++) {
        const short = Math.max(milliseconds(make(LENGTH), family, size), 1);
        best = Math.min(best, milliseconds(make(4 * LENGTH), family, size) / short);
      }
      expect(best).toBeLessThan(12);
    }
  });
});

it.each(["<", "{", " "])("a megabyte of %j passes", { timeout: TIMEOUT }, (character) => {
  expect(parse([character.repeat(1 << 20)]).length).toBeGreaterThan(0);
});
