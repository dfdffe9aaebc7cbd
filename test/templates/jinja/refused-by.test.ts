import { describe, expect, test } from "vitest";
import { parseTemplate } from "../../../src/templates/jinja/parse.ts";
import { refusedBy } from "../../../src/templates/jinja/refused-by.ts";

/** The source text that an engine refuses; undefined where it reads the template. */
function refused(mode: "llama.cpp" | "transformers", source: string, build?: number): string | undefined {
  const tree = parseTemplate(source);
  const refusal = refusedBy(mode, tree, build);
  return refusal && tree.source.slice(refusal.span.start, refusal.span.end);
}

describe("llama.cpp refuses", () => {
  test.each([
    ["{{ a // b }}", "//"],
    ["{{ 2 ** 3 }}", "**"],
    ["{{ f(**a) }}", "**"],
    ["{% raw %}a{% endraw %}", "{% raw %}"],
    ["{%+ if a %}{% endif %}", "{%+"],
    ["{% if a +%}{% endif %}", "+%}"],
    ["{{+ a }}", "{{+"],
    ["{% if a: %}{% endif %}", ":"],
    ["{{ '\\x41' }}", "'\\x41'"],
    ["{{ '\\\\x' ~ '\\d' }}", "'\\d'"],
    ["{{ été }}", "été"],
    ["{{ 1e3 }}", "1e3"],
    ["{{ 1_000 }}", "1_000"],
    ["{{ 0x1f }}", "0x1f"],
    ["{{ 9223372036854775808 }}", "9223372036854775808"],
    ["{% if -1 %}{% endif %}", "-"],
    ["{{ a and -1 }}", "-"],
    ["{% with a=1 %}{% endwith %}", "{% with a=1 %}{% endwith %}"],
    ["{% do a %}", "{% do a %}"],
    ["{% print a %}", "a"],
    ["a{% for x in y recursive %}{% endfor %}", "{% for x in y recursive %}{% endfor %}"],
    ["{% filter a|b %}{% endfilter %}", "{% filter a|b %}{% endfilter %}"],
    ["{% call a.b() %}{% endcall %}", "{% call a.b() %}{% endcall %}"],
    ["{{ a is none|string }}", "a is none|string"],
    ["{{ (1,) }}", "(1,)"],
    ["{{ () }}", "()"],
    ["{{ 1, 2 }}", "1, 2"],
    ["{{ a[1, 2] }}", "1, 2"],
    ["{% for x in a, b %}{% endfor %}", "a, b"],
    ["{{ a ~ 1e3 }}{% do b %}", "1e3"],
    ["{% do b %}{{ a ~ 1e3 }}", "{% do b %}"],
  ])("%s", (source, text) => {
    expect(refused("llama.cpp", source)).toBe(text);
  });
});

test.each([
  ["{{ -a }}", "-"],
  ["{{ - 1 }}", "-"],
  ["{{ {} - 1 }}", "-"],
  ["{{ a is divisibleby 3 }}", "a is divisibleby 3"],
  ["{{ a is in [1] }}", "a is in [1]"],
])("%s is read by newer builds of llama.cpp", (source, text) => {
  expect(refused("llama.cpp", source, 10587)).toBe(text);
  expect(refused("llama.cpp", source)).toBeUndefined();
});

test.each([
  "{{ -1 }}{{-1}}{{+1}}{{ [-1, a[-2:], f(-1.5)] }}{% set a = -1 %}{{ a -1 }}{{ (a) - 1 }}{{ a.in - 1 }}",
  "{% for a, b in c if d %}{% else %}{% endfor %}{% for (a, b) in c %}{% endfor %}",
  "{% set a, b = 1, 2 %}{{ (1, 2) }}{{ [1,] }}{{ {'a': 1,} }}{{ 'a' 'b' }}{{ a[::2] }}{{ f(*a) }}",
  "{{ a is divisibleby(3) }}{{ (a is none)|string }}{{ a is not none and b }}{{ a is eq((1)) }}",
  "{% filter trim %}{% endfilter %}{% filter replace('a', 'b') %}{% endfilter %}{% call(a) b(c) %}{% endcall %}",
  "{% generation %}{% endgeneration %}{# + #}{% macro m(a, b=1) %}{% endmacro %}{{ 9223372036854775807 ~ '\\n\\\\' }}",
])("llama.cpp reads %s", (source) => {
  expect(refused("llama.cpp", source)).toBeUndefined();
});

test.each([
  ["{{ a|nofilter }}", "a|nofilter"],
  ["{% if b %}{% for x in a is notest %}{% endfor %}{% endif %}", undefined],
  ["{% if b %}{% for x in a %}{{ x is notest }}{% endfor %}{% endif %}", "x is notest"],
  ["{{ a|nofilter if b }}{% if a is notest %}{% set x = a|nofilter %}{% endif %}", undefined],
  ["{% if a %}{% set x | nofilter %}{% endset %}{% endif %}", " | nofilter"],
  ["{% if a %}{% macro m(x=1|nofilter) %}{% endmacro %}{% endif %}", "1|nofilter"],
])("transformers looks filters and tests up at once, but not inside an if: %s", (source, text) => {
  expect(refused("transformers", source)).toBe(text);
});

test("transformers loads no do, and nothing leaves a loop from inside a generation block", () => {
  expect(refused("transformers", "a{% do b %}")).toBe("{% do b %}");
  const inner = (text: string) => `{% for a in b %}{% generation %}${text}{% endgeneration %}{% endfor %}`;
  expect(refused("transformers", inner("{% if a %}{% break %}{% endif %}"))).toBe("{% break %}");
  expect(refused("transformers", inner("{% for c in d %}{% break %}{% endfor %}"))).toBeUndefined();
  expect(refused("transformers", "{% with a=1 %}{{ a // 2 ** 3 }}{% endwith %}{% raw %}{% endraw %}")).toBeUndefined();
});
