import { describe, expect, it } from "vitest";
import { failureOf, MODES, outcome, rendering } from "../../support/jinja.ts";

const VARIABLES = {
  a: "Ab-Ab",
  b: "é",
  wide: "  x  ",
  word: "ß",
  part: "b",
  lines: "one\ntwo",
  list: ["x", 1.5, true, null],
  map: { key: ["v"] },
};

/** The pieces of the output with the path each came from; `-` for the template. */
function pieces(source: string, mode: (typeof MODES)[number]): string {
  return rendering(source, mode, VARIABLES)
    .parts.map(({ text, path }) => `${path?.join(".") ?? "-"}:${text}`)
    .join(" ");
}

const BOTH: readonly (readonly [source: string, pieces: string])[] = [
  ["{{ a + '!' + b }}", "a:Ab-Ab -:! b:é"],
  ["{{ a ~ a }}", "a:Ab-AbAb-Ab"],
  ["{{ (a ~ '/' ~ a)[3:8] }}", "a:Ab -:/ a:Ab"],
  ["{{ wide | trim }}|{{ wide.strip() }}", "wide:x -:| wide:x"],
  ["{{ (' ' ~ wide ~ '.') | trim }}", "wide:x   -:."],
  ["{{ a | upper }}{{ ('<' ~ a) | lower }}", "a:AB-AB -:< a:ab-ab"],
  ["{{ a | replace('-', '+') }}", "a:Ab+Ab"],
  ["{{ 'a-b' | replace('-', b) }}", "-:a b:é -:b"],
  ["{{ 'b' | replace(part, 'z') }}", "-:z"],
  ["{{ a.split('-') | join('/') }}", "a:Ab -:/ a:Ab"],
  ["{{ a.split('-')[1] ~ b }}", "a:Ab b:é"],
  ["{{ ('<' ~ b ~ '>') * 2 }}", "-:< b:é -:>< b:é -:>"],
  ["{{ lines | indent(2) }}", "lines:one\n -:   lines:two"],
  ["{{ list | tojson }}", 'list:[" list.0:x list:",  list.1:1.5 list:, true, null]'],
  ["{{ {'k': b} | tojson }}", '-:{"k": " b:é -:"}'],
  ["{{ map | tojson }}", 'map:{"key":  map.key:[" map.key.0:v map.key:"] map:}'],
  ["{{ list[1] }}{{ list[2] }}", "list.1:1.5 -:True"],
];

const PYTHON: readonly (readonly [source: string, pieces: string])[] = [
  ["{{ list }}", "list:[' list.0:x list:',  list.1:1.5 list:, True, None]"],
  ["{{ word | upper }}{{ ('x' ~ word ~ a) | upper }}", "word:SS -:X word:SS a:AB-AB"],
  ["{{ ('1' ~ a) | reverse }}", "a:bA-bA -:1"],
  ["{{ '%s=%d' | format(a, 5) }}", "a:Ab-Ab -:=5"],
  ["{{ '{}{:>3}'.format(b, a[0]) }}", "b:é -:   a:A"],
  ["{{ (b ~ '<') | escape }}", "b:é -:&lt;"],
  ["{% for c in a ~ b %}{{ c }}{% endfor %}", "a:Ab-Ab b:é"],
];

describe("characters keep their origin", () => {
  it.for(MODES.flatMap((mode) => BOTH.map((row) => [mode, ...row] as const)))("in %s: %s", ([mode, source, wanted]) => {
    expect(pieces(source, mode)).toBe(wanted);
  });

  it.for(PYTHON)("in transformers: %s", ([source, wanted]) => {
    expect(pieces(source, "transformers")).toBe(wanted);
  });
});

describe("what grows is refused before it is made", () => {
  it.for([
    "{{ '%999999999s' % 'x' }}",
    "{{ '%.999999999f' % 1.5 }}",
    "{{ '%*d' % (999999999, 1) }}",
    "{{ '{:>999999999}'.format(1) }}",
    "{{ '{:{w}}'.format(1, w=999999999) }}",
    "{{ 'x'.ljust(999999999) }}",
    "{{ 'x'.zfill(999999999) }}",
    "{{ 'a\tb'.expandtabs(999999999) }}",
    "{{ [1] | tojson(indent=999999999) }}",
    "{{ 'a\nb' | indent(999999999) }}",
    "{{ [1] * 999999999 }}",
    "{{ [1] | batch(999999999, 0) | list }}",
    "{{ [1] | slice(999999999) | list }}",
    "{{ range(99999999999) | list }}",
    "{{ 10 ** 999999999 }}",
    "{{ ('x' * 9000000).replace('', 'yy') }}",
    "{{ ('x' * 9000000) | replace('x', 'yy') }}",
    "{{ ('x' * 9000000) | urlencode | length + ('é' * 9000000) | urlencode | length }}",
    "{{ ('<' * 15000000) | escape }}",
    "{{ ('\t' * 15000000) | tojson | tojson }}",
    "{{ ('x,' * 4000000).split(',') }}",
    "{{ ('x ' * 4000000).split() }}",
    "{{ ('\n' * 4000000).splitlines() }}",
    "{{ ('x' * 4000000) | list }}",
    "{{ (range(1000) | list) | map('string') | join('x' * 100000) }}",
    "{{ strftime_now('%A' * 8000000) }}",
  ])("%s", (source) => {
    expect(failureOf(() => rendering(source)).message).toMatch(/limit|too big/);
    // Much of it llama.cpp's engine does not have.
    expect(outcome(source, "llama.cpp")).toBe(null);
  });
});
