import { describe, expect, it } from "vitest";
import type { Limits } from "../../../src/templates/jinja/index.ts";
import { failureOf, MODES, outcome, rendering } from "../../support/jinja.ts";

const nested = (count: number) => `{{ ${"(".repeat(count)}1${")".repeat(count)} }}`;
const replaceTwelve = `{% set n = namespace(s='a') %}{% for i in range(12) %}{% set n.s = n.s | replace('a', 'aaaaaaaaaa') %}{% endfor %}{{ n.s | length }}`;

/** Templates that kill or stall other engines. All must end soon and in little memory, with an error that says what was too much. */
const HOSTILE: Readonly<Record<string, string>> = {
  "a range of 100 million": "{% for i in range(100000000) %}{% endfor %}",
  "a range that is only counted": "{{ range(100000000) | length }}",
  "two nested loops of 20 thousand": "{% for i in range(20000) %}{% for j in range(20000) %}{% endfor %}{% endfor %}",
  "a string doubled 40 times":
    "{% set n = namespace(s='ab') %}{% for i in range(40) %}{% set n.s = n.s + n.s %}{% endfor %}",
  "a string doubled by ~":
    "{% set n = namespace(s='ab') %}{% for i in range(40) %}{% set n.s = n.s ~ n.s %}{% endfor %}",
  "a string multiplied": "{{ ('a' * 100000000) | length }}",
  "replace that multiplies by ten, twelve times": replaceTwelve,
  "a list doubled 40 times":
    "{% set n = namespace(l=[1]) %}{% for i in range(40) %}{% set n.l = n.l + n.l %}{% endfor %}",
  "join of a long list": "{{ range(100000) | join('0123456789' * 100) | length }}",
  "a macro that calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
  "two macros that call each other":
    "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
  "a macro that doubles": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(40) }}",
  "a thousand nested brackets": nested(1_000),
  "20 thousand nested brackets": nested(20_000),
  "100 thousand nested brackets": nested(100_000),
  "100 thousand nested lists": `{{ ${"[".repeat(100_000)}${"]".repeat(100_000)} }}`,
  "100 thousand nots": `{{ ${"not ".repeat(50_000)}1 }}`,
  "10 thousand nested ifs": `${"{% if 1 %}".repeat(10_000)}${"{% endif %}".repeat(10_000)}`,
  "output without end": "{% for i in range(100000) %}{{ 'x' * 10000 }}{% endfor %}",
  "output from a captured block": "{% set x %}{% for i in range(100000) %}{{ 'x' * 10000 }}{% endfor %}{% endset %}",
  "a long needle in a long haystack": "{% set a = 'a' * 4000000 %}{{ ('b' + a) in (a + a) }}",
  "a needle that nearly fits everywhere": "{% set a = 'a' * 4000000 %}{{ ('a' * 50000 + 'b' + 'a' * 50000) in a }}",
  "such a needle to split at": "{% set a = 'a' * 4000000 %}{{ a.split('a' * 50000 + 'b' + 'a' * 50000) | length }}",
  "such a needle from the right": "{% set a = 'a' * 4000000 %}{{ a.rfind('a' * 50000 + 'b' + 'a' * 50000) }}",
  "a split from the right everywhere": "{{ ('a' * 4000000).rsplit('a') | length }}",
  "a long needle replaced": "{% set a = 'a' * 4000000 %}{{ (a + a) | replace('b' + a, 'c') | length }}",
  "a list in itself":
    "{% set n = namespace(l=[]) %}{% for i in range(100000) %}{% set n.l = [n.l] %}{% endfor %}{{ n.l }}",
  "a list in itself as JSON":
    "{% set n = namespace(l=[]) %}{% for i in range(100000) %}{% set n.l = [n.l] %}{% endfor %}{{ n.l | tojson }}",
  "a wide value":
    "{% set n = namespace(l=[1]) %}{% for i in range(40) %}{% set n.l = [n.l, n.l] %}{% endfor %}{{ n.l | tojson }}",
  "a sort of much": "{% for i in range(1000) %}{% set x = range(100000) | sort %}{% endfor %}",
  "a huge power": "{{ 10 ** (10 ** 10) }}",
  "a huge format": "{{ '%1000000000d' % 1 }}",
  "a huge indent": "{{ ('a\n' * 1000) | indent(100000000) }}",
  "a huge centre": "{{ 'a' | center(1000000000) }}",
  "a long string counted often":
    "{% set a = 'a' * 8000000 %}{% for i in range(1000) %}{% set x = a | length %}{% endfor %}",
  "two long strings compared often":
    "{% set a = 'a' * 8000000 %}{% set b = a + '' %}{% for i in range(1000) %}{% set x = a == b %}{% endfor %}",
  "two long strings put in order often":
    "{% set a = 'a' * 8000000 %}{% set b = a + 'b' %}{% for i in range(1000) %}{% set x = [a, b] | sort %}{% endfor %}",
  "a long string lengthened and looked up, round after round":
    "{% set a = 'a' * 8000000 %}{% set d = {a ~ 'b': 1} %}{% for i in range(20000) %}{% set x = d[a ~ 'b'] %}{% endfor %}",
  "a long string lengthened and searched, round after round":
    "{% set n = namespace(s='a' * 8000000) %}{% for i in range(20000) %}{% set n.s = n.s ~ 'b' %}{% set x = 'c' in n.s %}{% endfor %}",
  "a string of many pieces, lengthened and searched, round after round":
    "{% set n = namespace(s='') %}{% for i in range(90000) %}{% set n.s = 'b' ~ n.s %}{% endfor %}" +
    "{% for i in range(20000) %}{% set x = 'c' in n.s ~ 'b' %}{% endfor %}",
  "a string of many origins, lengthened round after round":
    "{% set n = namespace(s='') %}{% for i in range(2000) %}{% set n.s = n.s ~ given ~ 'b' %}{% endfor %}" +
    "{% for i in range(20000) %}{% set x = n.s ~ 'b' %}{% endfor %}",
  "a long string stripped of a long set":
    "{% set a = 'a' * 8000000 %}{% for i in range(1000) %}{% set x = 'a'.strip(a) %}{% endfor %}",
  "a long string stripped of all it has":
    "{% set a = 'a' * 8000000 %}{% for i in range(1000) %}{% set x = a.strip('a') %}{% endfor %}",
  "a string of many origins, replaced everywhere, round after round":
    "{% for i in range(1000) %}{% set x = ((given ~ 'a') * 100000) | replace('a', 'b') %}{% endfor %}",
  "a replacement of many origins":
    "{% set by = (given ~ 'b') * 500 %}{% for i in range(1000) %}{% set x = ('a' * 10000) | replace('a', by) %}{% endfor %}",
  "a string of many origins, indented round after round":
    "{% for i in range(1000) %}{% set x = ((given ~ '\n') * 50000) | indent(1) %}{% endfor %}",
  "a format of many origins": "{% for i in range(1000) %}{% set x = (given ~ '%%') * 100000 % () %}{% endfor %}",
  "a format of many braces": "{% set x = ((given ~ '{' ~ '{') * 100000).format() %}",
  "a string of many origins, multiplied and kept":
    "{% set n = namespace(l=[]) %}{% for i in range(100) %}{% set n.l = n.l + [(given ~ 'a') * 2000000] %}{% endfor %}",
  "a string of many origins, joined round after round":
    "{% set a = (given ~ 'a') * 500000 %}{% for i in range(200) %}{% set x = [a, a, a, a] | join %}{% endfor %}",
  "a string of many origins, captured round after round":
    "{% set a = (given ~ 'a') * 500000 %}{% for i in range(200) %}{% set x %}{{ a }}{{ a }}{{ a }}{{ a }}{% endset %}{% endfor %}",
  "a JSON indent": "{{ [1] | tojson(indent=1000000000) }}",
};

/** Of these, what llama.cpp's engine does not have, and refuses for that. */
const PYTHON_ONLY = [
  "such a needle from the right",
  "a huge power",
  "a huge format",
  "a huge centre",
  "a format of many origins",
  "a format of many braces",
];

/** How a failure says that there was too much of something. */
const LIMIT = /limit|more than|too big/;

describe.each(MODES)("hostile templates in %s mode", (mode) => {
  it.each(Object.entries(HOSTILE))("%s", { timeout: 120_000 }, (name, source) => {
    const before = process.memoryUsage().heapUsed;
    const failure = failureOf(() => rendering(source, mode, { given: "x" }));
    expect(failure.code).toBe("template_failed");
    if (mode === "transformers" || !PYTHON_ONLY.includes(name)) expect(failure.message).toMatch(LIMIT);
    expect((process.memoryUsage().heapUsed - before) / 2 ** 20).toBeLessThan(1_000);
  });

  it("the process can still render", () => {
    expect(outcome("{{ 1 + 1 }}", mode)).toBe("2");
  });
});

/** Each limit alone, set low. */
const LIMITED: readonly (readonly [keyof Limits, number, string])[] = [
  ["steps", 100, "{% for i in range(1000) %}{{ i }}{% endfor %}"],
  ["depth", 3, "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(5) }}"],
  ["list", 10, "{% set x = range(20) | list %}"],
  ["string", 10, "{% set x = 'a' * 20 %}"],
  ["output", 10, "{% for i in range(20) %}a{% endfor %}"],
];

/** Text of many runs, and the least steps that making it costs: eight runs are one. */
const COUNTED: readonly (readonly [string, string, number])[] = [
  ["multiplied", "{% set x = (given ~ 'a') * 100000 %}", 200_000 / 8],
  ["joined", "{% set a = (given ~ 'a') * 50000 %}{% set x = [a, a] | join(given) %}", 300_000 / 8],
  ["captured", "{% set a = (given ~ 'a') * 50000 %}{% set x %}{{ a }}{{ a }}{% endset %}", 300_000 / 8],
  ["replaced", "{% set a = (given ~ 'a') * 50000 %}{% set x = 'aa' | replace('a', a) %}", 300_000 / 8],
];

describe.each(MODES)("runs in %s mode", (mode) => {
  it.each(COUNTED)("count where text is %s", (_, source, least) => {
    const { steps } = rendering(source, mode, { given: "x" });
    expect(steps).toBeGreaterThan(least);
    expect(steps).toBeLessThan(2 * least);
  });
});

describe("limits", () => {
  it.each(LIMITED)("%s of %d", (name, limit, source) => {
    expect(rendering(source).text).toBeTypeOf("string");
    const failure = failureOf(() => rendering(source, "transformers", {}, { limits: { [name]: limit } }));
    expect(failure.message).toContain(`the limit of ${limit}`);
    expect(failure.hint).toBeTypeOf("string");
  });

  it("of time count on the clock that was given", () => {
    let time = 0;
    const source = "{% for i in range(100000) %}{% endfor %}";
    const elapsedMs = () => (time += 100);
    expect(failureOf(() => rendering(source, "transformers", {}, { elapsedMs })).message).toContain("2,000 ms");
    expect(rendering(source).text).toBe("");
  });

  it("grow with the input", () => {
    const messages = Array.from({ length: 50 }, () => "x".repeat(100));
    const source = "{% for m in messages %}{{ m }}{% endfor %}";
    const limits = { output: 10, steps: 10, stepsPerMessage: 20 };
    expect(rendering(source, "transformers", { messages }, { limits }).text).toHaveLength(5_000);
    expect(() => rendering(`${source.repeat(21)}`, "transformers", { messages }, { limits })).toThrow(/limit/);
  });
});

/** Templates that look through the rest of the history, or what came before, for each message. */
const QUADRATIC: Readonly<Record<string, string>> = {
  "a range back to the start":
    "{% for m in messages %}{% set before = namespace(role='') %}{% for i in range(loop.index0 - 1, -1, -1) %}" +
    "{% if not before.role %}{% set before.role = messages[i].role %}{% endif %}{% endfor %}{{ before.role }}:{{ m.content }}\n{% endfor %}",
  "the rest of the history":
    "{% for m in messages %}{% if m.role == 'assistant' %}{% set after = namespace(last='') %}{% for other in messages[loop.index:] %}" +
    "{% if other.role == 'assistant' %}{% set after.last = loop.last %}{% endif %}{% endfor %}{% endif %}{{ m.content }}\n{% endfor %}",
  "an output put together by ~":
    "{% set out = namespace(text='') %}{% for m in messages %}{% set out.text = out.text ~ m.role ~ ': ' ~ m.content ~ '\\n' %}{% endfor %}{{ out.text }}",
};

describe.each(MODES)("long histories in %s mode", (mode) => {
  const messages = Array.from({ length: 2_500 }, (_, index) => ({
    role: index % 2 === 0 ? "user" : "assistant",
    content: `${index} `.repeat(150).slice(0, 300),
  }));
  it.each(Object.entries(QUADRATIC))("render with %s", (_, source) => {
    const { text } = rendering(source, mode, { messages });
    expect(text.length).toBeGreaterThan(2_500 * 300);
    expect(text).toContain(`${messages.at(-1)!.content}\n`);
  });
});
