import { describe, expect, it } from "vitest";
import { outcome } from "../../support/jinja.ts";

type Row = readonly [source: string, transformers: string | null, llama: string | null];

const ROWS: readonly Row[] = [
  // What a round wrote before it broke off stays.
  ["{% for x in [1,2,3] %}A{{x}}{% if x==2 %}{% break %}{% endif %}B{% endfor %}", "A1BA2", "A1BA2"],
  ["{% for x in [1,2,3] %}A{{x}}{% if x==2 %}{% continue %}{% endif %}B{% endfor %}", "A1BA2A3B", "A1BA2A3B"],
  // But llama.cpp drops what the `if` itself wrote.
  ["{% for x in [1,2] %}A{% if x==1 %}C{% continue %}{% endif %}B{% endfor %}", "ACAB", "AAB"],
  ["{% for x in [1,2] %}{% if true %}a{% if x==2 %}b{% break %}{% endif %}c{% endif %}{% endfor %}", "acab", "ac"],
  // else.
  ["{% for x in [] %}a{% else %}none{% endfor %}", "none", "none"],
  ["{% for x in [1] %}a{% else %}none{% endfor %}", "a", "a"],
  ["{% for x in [1] %}a{% break %}{% else %}none{% endfor %}", "anone", "anone"],
  ["{% for x in [1, 2] %}a{% if x == 2 %}{% break %}{% endif %}{% else %}none{% endfor %}", "aa", "aa"],
  ["{% for x in [1,2] if x > 5 %}a{% else %}none{% endfor %}", "none", "none"],
  // The loop's own condition decides what `loop` counts.
  [
    "{% for x in range(6) if x % 2 %}{{ loop.index }}/{{ loop.length }}:{{ x }} {% endfor %}",
    "1/3:1 2/3:3 3/3:5 ",
    "1/3:1 2/3:3 3/3:5 ",
  ],
  // A range that was changed is no range any more.
  [
    "{% set r = range(3) %}{% set _ = r.append(9) %}{{ r[1:] }}{% for x in r %}-{{ x }}{% endfor %}",
    null,
    "129-0-1-2-9",
  ],
  ["{{ range(9)[1:8:2][1:] | list }}", "[3, 5, 7]", "357"],
  // loop.
  [
    "{% for x in 'a','b','c' %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.length }} {% endfor %}",
    "10323 21213 32103 ",
    null,
  ],
  [
    "{% for x in ['a','b','c'] %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.length }} {% endfor %}",
    "10323 21213 32103 ",
    "10323 21213 32103 ",
  ],
  [
    "{% for x in [1,2,3] %}{{ loop.first }}{{ loop.last }} {% endfor %}",
    "TrueFalse FalseFalse FalseTrue ",
    "TrueFalse FalseFalse FalseTrue ",
  ],
  [
    "{% for x in [1,2,3] %}[{{ loop.previtem }}{{ x }}{{ loop.nextitem }}]{% endfor %}",
    "[12][123][23]",
    "[12][123][23]",
  ],
  [
    "{% for x in [1,2] %}{{ loop.previtem is defined }}{{ loop.nextitem is defined }} {% endfor %}",
    "FalseTrue TrueFalse ",
    "FalseTrue TrueFalse ",
  ],
  [
    "{% for x in [none, 1] %}{% if loop.index == 2 %}{{ loop.previtem is none }}{% endif %}{% endfor %}",
    "True",
    "True",
  ],
  ["{% for x in [1,2,3] %}{{ loop.cycle('a', 'b') }}{% endfor %}", "aba", null],
  ["{% for x in [1,1,2] %}{% if loop.changed(x) %}{{ x }}{% endif %}{% endfor %}", "12", null],
  ["{% for x in [1] %}{% for y in [1, 2] %}{{ loop.index }}{% endfor %}{{ loop.index }}{% endfor %}", "121", "121"],
  ["{% for x in [1] %}{{ loop.nothing }}{% endfor %}", "", ""],
  // A list that grows meanwhile.
  ["{% set l = [1] %}{% for x in l %}{{ x }}{% set y = l.append(2) %}{% endfor %}{{ l | length }}", null, "12"],
  // What can be looped over.
  ["{% for x in undefined_thing %}a{% else %}b{% endfor %}", "b", "b"],
  ["{% for x in none %}a{% endfor %}", null, null],
  ["{% for x in 'ab' %}{{ x }}.{% endfor %}", "a.b.", null],
  ["{% for k in {'a': 1, 'b': 2} %}{{ k }}{% endfor %}", "ab", "ab"],
  ["{% for k, v in {'a': 1, 'b': 2} %}{{ k }}{{ v }}{% endfor %}", null, "a1b2"],
  ["{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}{{ v }}{% endfor %}", "a1b2", "a1b2"],
  ["{% for k, v in {'a': 1} | items %}{{ k }}{{ v }}{% endfor %}", "a1", "a1"],
  ["{% for a, b in [(1, 2), (3, 4)] %}{{ a }}{{ b }} {% endfor %}", "12 34 ", "12 34 "],
  ["{% for a, b in [(1, 2, 3)] %}{% endfor %}", null, null],
  ["{% for a, (b, c) in [(1, (2, 3))] %}{{ a }}{{ b }}{{ c }}{% endfor %}", "123", null],
  // Recursion.
  [
    "{% for n in tree recursive %}{{ n.name }}{{ loop.depth }}{% if n.children %}({{ loop(n.children) }}){% endif %}{% endfor %}",
    "a1(b2c2(d3))",
    null,
  ],
];

const tree = [
  {
    name: "a",
    children: [
      { name: "b", children: [] },
      { name: "c", children: [{ name: "d", children: [] }] },
    ],
  },
];

describe("loops", () => {
  it.each(ROWS)("%s", (source, transformers, llama) => {
    expect(outcome(source, "transformers", { tree })).toBe(transformers);
    expect(outcome(source, "llama.cpp", { tree })).toBe(llama);
  });

  it("go through keys in the order of the input, numbers too", () => {
    const input = {
      d: new Map([
        ["2", 1],
        ["b", 1],
        ["1", 1],
      ]),
    };
    for (const mode of ["transformers", "llama.cpp"] as const) {
      expect(outcome("{% for k in d %}{{ k }}{% endfor %}", mode, input)).toBe("2b1");
    }
  });
});
