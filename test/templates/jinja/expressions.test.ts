import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/templates/json.ts";
import { outcome } from "../../support/jinja.ts";

type Row = readonly [source: string, transformers: string | null, llama: string | null];

const ROWS: readonly Row[] = [
  ["{{ 'a' if false }}|{{ 'a' if true }}", "|a", "|a"],
  ["{{ ('a' if false) is defined }}", "False", "False"],
  ["{{ 0 or 'x' }}{{ 'a' and 'b' }}{{ '' or none or 'z' }}", "xbz", "xbz"],
  ["{{ '' and crash() }}{{ 1 or crash() }}", "1", "1"],
  ["{{ 1 < 2 < 3 }}{{ 3 > 2 > 2 }}", "TrueFalse", null],
  ["{{ 1 in [1] }}{{ 3 not in [1] }}", "TrueTrue", "TrueTrue"],
  ["{{ not 1 == 2 }}", "True", "True"],
  // Undefined.
  ["{{ x.y }}", null, ""],
  ["{{ x['y'] }}", null, ""],
  ["{{ d.y }}|{{ d.y is defined }}", "|False", "|False"],
  ["{{ d.y.z }}", null, ""],
  ["{{ 'a' ~ x }}", "a", "a"],
  ["{{ 'a' + x }}", null, "a"],
  ["{{ 'a' + none }}", null, "a"],
  ["{{ x | length }}{{ x | trim }}", "0", "0"],
  ["{{ x() }}", null, null],
  ["[{{ '{}'.format(x) }}]", "[]", null],
  // Printing.
  ["{{ true }}{{ 'x' in d }}{{ none }}", "TrueFalseNone", "TrueFalse"],
  ["{{ [1, 'a', true, none] }}", "[1, 'a', True, None]", "1aTrue"],
  ["{{ {'a': none} }}", "{'a': None}", ""],
  // Numbers and operators.
  ["{{ 'x' * 3 }}", "xxx", "xxx"],
  ["{{ -3 % 2 }}", "1", "-1"],
  ["{{ 7 // 2 }}", "3", null],
  ["{{ 1e3 }}", "1000.0", null],
  ["{{ 2 ** 3 }}", "8", null],
  ["{{ 'a' < 'b' }}", "True", null],
  ["{{ 9007199254740993 }}", "9007199254740993", "9007199254740993"],
  ["{{ range(100001) | length }}", null, "100001"],
  ["{{ 'abc'[-1] }}", "c", ""],
  ["{{ '😀é' | length }}", "2", "6"],
  ["{{ '😀é'[0] }}", "😀", "\ufffd"],
  // Host objects are out of reach.
  ["[{{ ''.constructor }}{{ d.__proto__ }}{{ d.constructor }}{{ [].constructor }}{{ d['__proto__'] }}]", "[]", "[]"],
  ["{{ ''.constructor.constructor('return 1')() }}", null, null],
];

/** Longer than 63, and than 64 bits. */
const LONG = parseJson("[18446744073709551615, 99999999999999999999]");

describe("expressions", () => {
  it.each(ROWS)("%s", (source, transformers, llama) => {
    expect(outcome(source, "transformers", { d: { a: 1 } })).toBe(transformers);
    expect(outcome(source, "llama.cpp", { d: { a: 1 } })).toBe(llama);
  });

  it("know integers of any length, or of 64 bits", () => {
    expect(outcome("{{ n[0] }} {{ n[1] }}", "transformers", { n: LONG })).toBe(
      "18446744073709551615 99999999999999999999",
    );
    expect(outcome("{{ n[0] }} {{ n[1] }}", "llama.cpp", { n: LONG })).toBe("-1 100000000000000000000.0");
  });

  it("read own keys of the input only, whatever they are called", () => {
    const messages = JSON.parse('[{"__proto__": {"role": "p"}, "constructor": "c", "role": "r"}]');
    expect(outcome("{{ messages[0].__proto__.role }}{{ messages[0].constructor }}", "transformers", { messages })).toBe(
      "pc",
    );
    expect(outcome("{{ messages.__proto__ }}{{ messages[0].toString }}", "transformers", { messages })).toBe("");
  });
});
