import { describe, expect, it } from "vitest";
import { outcome } from "../../support/jinja.ts";

/** Source, what Jinja2 writes, what llama.cpp writes; `null` for a failure. */
type Row = readonly [source: string, transformers: string | null, llama: string | null];

const ROWS: readonly Row[] = [
  // A loop's variables stay in it.
  ["{% set x = 0 %}{% for i in [1, 2] %}{% set x = i %}{% endfor %}{{ x }}", "0", "0"],
  ["{% for i in [1] %}{% endfor %}[{{ i }}]", "[]", "[]"],
  ["{% set i = 9 %}{% for i in [1] %}{{ i }}{% endfor %}{{ i }}", "19", "19"],
  ["{% set n = namespace(x=0) %}{% for i in [1, 2] %}{% set n.x = n.x + i %}{% endfor %}{{ n.x }}", "3", "3"],
  // Rounds do not see each other's variables in Jinja2; llama.cpp keeps one scope for all of them.
  ["{% for i in [1, 2, 3] %}{{ x }}{% set x = i %}{% endfor %}", "", "12"],
  ["{% set x = 0 %}{% for i in [1, 2] %}{{ x }}{% set x = x + i %}{% endfor %}{{ x }}", "000", "010"],
  // `if` opens no scope.
  ["{% if true %}{% set x = 1 %}{% endif %}{{ x }}", "1", "1"],
  ["{% if false %}{% set x = 1 %}{% endif %}[{{ x }}]", "[]", "[]"],
  // Captured blocks open one in Jinja2.
  ["{% set y %}{% set x = 1 %}{{ x }}{% endset %}{{ y }}[{{ x }}]", "1[]", "1[1]"],
  ["{% filter upper %}{% set x = 'a' %}{{ x }}{% endfilter %}[{{ x }}]", "A[]", "A[a]"],
  ["{% generation %}{% set x = 1 %}{% endgeneration %}[{{ x }}]", "[]", "[1]"],
  // `with` has values from outside of it, and is unknown to llama.cpp.
  ["{% set a = 1 %}{% with a = 2, b = a %}{{ a }}{{ b }}{% endwith %}{{ a }}", "211", null],
  // Several targets.
  ["{% set a, b = 1, 2 %}{{ a }}{{ b }}", "12", "12"],
  ["{% set a, b = [1, 2, 3] %}", null, null],
  ["{% set a, b = 'xy' %}{{ a }}{{ b }}", "xy", null],
  // Attributes: of namespaces; llama.cpp writes to any mapping.
  ["{% set d = {'a': 1} %}{% set d.a = 2 %}{{ d.a }}", null, "2"],
  ["{% set n = namespace() %}{% set n.a = 1 %}{{ n.a }}[{{ n.b }}]", "1[]", "1[]"],
  ["{% set x = 1 %}{% set x.a = 2 %}", null, null],
  // Captured text is a string.
  ["{% set x %} a{{ 1 }} {% endset %}{{ x | trim ~ '|' ~ x | length }}", "a1|4", "a1|4"],
];

describe("scopes", () => {
  it.each(ROWS)("%s", (source, transformers, llama) => {
    expect(outcome(source, "transformers")).toBe(transformers);
    expect(outcome(source, "llama.cpp")).toBe(llama);
  });

  it("hold the input, which a template may shadow but not change for others", () => {
    const source = "{% for m in messages %}{% set messages = 1 %}{{ m }}{% endfor %}{{ messages | length }}";
    for (const mode of ["transformers", "llama.cpp"] as const) {
      expect(outcome(source, mode, { messages: ["a", "b"] })).toBe("ab2");
    }
  });

  it("find a function of the engine behind the input", () => {
    expect(outcome("{{ range }}", "transformers", { range: "mine" })).toBe("mine");
    expect(outcome("{{ range(2) | list | length }}", "transformers")).toBe("2");
  });
});
