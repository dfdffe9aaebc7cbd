import { describe, expect, it } from "vitest";
import { outcome } from "../../support/jinja.ts";

type Row = readonly [source: string, transformers: string | null, llama: string | null];

const ROWS: readonly Row[] = [
  [
    "{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }} {{ m(1, 3) }} {{ m(1, b=4) }} {{ m(a=5, b=6) }}",
    "12 13 14 56",
    "12 13 14 56",
  ],
  ["{% macro m(a, b=2) %}[{{ a }}{{ b }}]{% endmacro %}{{ m(b=3) }}", "[3]", "[2]"],
  ["{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m() }}", "[]", null],
  ["{% macro m(a) %}{{ a is defined }}{% endmacro %}{{ m(none) }}", "True", "True"],
  ["{% macro m(a, b=a) %}{{ b }}{% endmacro %}{{ m(1) }}", "1", ""],
  ["{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}", null, "1"],
  ["{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, z=2) }}", null, "1"],
  ["{% macro m() %}{{ varargs | join('-') }}{% endmacro %}{{ m(1, 2) }}", "1-2", ""],
  ["{% macro m() %}{{ kwargs.x }}{% endmacro %}{{ m(x=2) }}", "2", ""],
  // Lexical in Jinja2; llama.cpp's macros see where they are called.
  ["{% macro m() %}[{{ x }}]{% endmacro %}{% for x in [1] %}{{ m() }}{% endfor %}", "[]", "[1]"],
  ["{% macro m() %}[{{ x }}]{% endmacro %}{% set x = 1 %}{{ m() }}", "[1]", "[1]"],
  ["{% macro m() %}{% set x = 2 %}{{ x }}{% endmacro %}{% set x = 1 %}{{ m() }}{{ x }}", "21", "21"],
  [
    "{% macro outer() %}{% macro inner() %}i{% endmacro %}{{ inner() }}{% endmacro %}{{ outer() }}[{{ inner is defined }}]",
    "i[False]",
    "i[False]",
  ],
  ["{% macro m(n) %}{{ n }}{% if n > 1 %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(3) }}", "321", "321"],
  ["{{ m(1) }}{% macro m(a) %}{{ a }}{% endmacro %}", null, null],
  // What it gives is a string.
  ["{% macro m() %} a {% endmacro %}[{{ m() | trim }}]{{ m() | length }}", "[a]3", "[a]3"],
  ["{% macro m(a, b) %}{% endmacro %}{{ m.name }} {{ m.arguments | join(',') }}", "m a,b", null],
  // Call blocks.
  ["{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}x{% endcall %}", "<x>", "<x>"],
  [
    "{% macro m() %}{{ caller(1) }}{{ caller(2) }}{% endmacro %}{% call(n) m() %}[{{ n }}]{% endcall %}",
    "[1][2]",
    "[1][2]",
  ],
  ["{% macro m() %}{{ caller() }}{% endmacro %}{% set x = 1 %}{% call m() %}{{ x }}{% endcall %}", "1", "1"],
  ["{% macro m() %}m{% endmacro %}{% call m() %}x{% endcall %}", null, "m"],
  ["{% macro m() %}{{ caller is defined }}{% endmacro %}{{ m() }}", "False", "False"],
  ["{{ 1() }}", null, null],
  ["{{ nothing() }}", null, null],
];

describe("macros", () => {
  it.each(ROWS)("%s", (source, transformers, llama) => {
    expect(outcome(source, "transformers")).toBe(transformers);
    expect(outcome(source, "llama.cpp")).toBe(llama);
  });
});
