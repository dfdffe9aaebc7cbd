import fc from "fast-check";
import { expect, test } from "vitest";
import type { TemplateTree } from "../../../src/templates/jinja/ast.ts";
import { parseTemplate } from "../../../src/templates/jinja/parse.ts";
import { walk } from "../../../src/templates/jinja/walk.ts";
import { HalterError } from "../../../src/types/index.ts";
import { describeCorpora } from "../../support/corpora.ts";
import { draws } from "../../support/draws.ts";

const FRAGMENTS = [
  ..."{}%#-+()[]'\"\\.,:|=~*/!<> \n\t\r0_aé植",
  ...[
    "{{",
    "}}",
    "{%",
    "%}",
    "{%-",
    "-%}",
    "{%+",
    "+%}",
    "{#",
    "#}",
    "{{-",
    "-}}",
    "{{ a }}",
    "{% if a %}",
    "{% endif %}",
  ],
  ...[
    "{% for x in y %}",
    "{% endfor %}",
    "{% else %}",
    "{% elif b %}",
    "{% set a = 1 %}",
    "{% set a %}",
    "{% endset %}",
  ],
  ...[
    "{% macro m(a, b=1) %}",
    "{% endmacro %}",
    "{% call m() %}",
    "{% endcall %}",
    "{% filter f %}",
    "{% endfilter %}",
  ],
  ...["{% raw %}", "{% endraw %}", "{% with a=1 %}", "{% endwith %}", "{% generation %}", "{% endgeneration %}"],
  ...[
    "{% break %}",
    "{% do f(a) %}",
    "{% include 'x' %}",
    " is ",
    " not ",
    " in ",
    " if ",
    " else ",
    " and ",
    "recursive",
  ],
  ...[
    "1e3",
    "1_0.5",
    "0x1f",
    "'s'",
    "**",
    "//",
    "a.b[0]",
    "f(*a, **b)",
    "x|f(1)",
    "[1:2:3]",
    "{'a': 1}",
    "\u2028",
    "\ud83d",
  ],
];

/** A tree whose spans lie as they should, or undefined where the source is refused in the one way there is. */
function lawful(source: string): TemplateTree | undefined {
  let tree: TemplateTree;
  try {
    tree = parseTemplate(source, { name: "fuzzed" });
  } catch (error) {
    expect(error).toBeInstanceOf(HalterError);
    const { code, message, data } = error as HalterError;
    expect(code).toBe("template_failed");
    expect(message).toContain(` in fuzzed, line ${data.line}, column ${data.column}\n`);
    expect(data.line).toBeLessThanOrEqual(source.split(/\r\n?|\n/).length);
    return undefined;
  }
  let written = 0;
  for (const { node, parent, role } of walk(tree.body)) {
    const outer = parent?.node.span ?? { start: 0, end: tree.source.length };
    expect(outer.start <= node.span.start && node.span.start <= node.span.end && node.span.end <= outer.end).toBe(true);
    if (role !== "statement" || node.type !== "text") continue;
    expect(node.text).toBe(tree.source.slice(node.span.start, node.span.end));
    expect(node.text).not.toBe("");
    expect(node.span.start).toBeGreaterThanOrEqual(written);
    written = node.span.end;
  }
  return tree;
}

test("any source becomes a tree of nested spans or a template_failed with a place", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ maxLength: 3 })), { maxLength: 24 }),
      (pieces) => {
        lawful(pieces.join(""));
      },
    ),
    draws(1500),
  );
});

test("an expression of random pieces becomes a tree or a template_failed", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 10 }), (pieces) => {
      lawful(`{{ ${pieces.join("")} }}`);
      lawful(`{% if ${pieces.join(" ")} %}a{% endif %}`);
    }),
    draws(800),
  );
});

const DEEP: Readonly<Record<string, string>> = {
  parentheses: `{{ ${"(".repeat(100_000)}`,
  lists: `{{ ${"[".repeat(20_000)}${"]".repeat(20_000)} }}`,
  signs: `{{ ${"-".repeat(100_000)}1 }}`,
  nots: `{{ ${"not ".repeat(50_000)}a }}`,
  sums: `{{ 1${"+1".repeat(50_000)} }}`,
  ors: `{{ a${" or a".repeat(40_000)} }}`,
  attributes: `{{ a${".b".repeat(50_000)} }}`,
  calls: `{{ a${"()".repeat(50_000)} }}`,
  filters: `{{ a${"|b".repeat(50_000)} }}`,
  conditions: `{{ a${" if b else c".repeat(20_000)} }}`,
  blocks: "{% if x %}".repeat(20_000),
  elifs: `{% if x %}${"{% elif x %}".repeat(20_000)}{% endif %}`,
  targets: `{% set ${"(".repeat(50_000)}a = 1 %}`,
  "nested sums": `{{ ${"(1".repeat(150)}${`${"+1".repeat(150)})`.repeat(150)} }}`,
};

test.each(Object.entries(DEEP))("%s inside one another end in a clear error", (_, source) => {
  expect(() => parseTemplate(source)).toThrow(
    /^more than 200 levels inside one another in template, line 1, column \d+\n/,
  );
});

test("sources that repeat one thing are read in linear time", () => {
  const pieces = ["{% raw %}", "{# ", "{{ a }} ", "   {% set a = 1 %}\n", "{%  ", "1_", "'", "{", "\\", "9", "- }}"];
  for (const piece of pieces) {
    for (const start of ["", "{{ "]) {
      const source = start + piece.repeat(Math.floor(200_000 / piece.length));
      expect([undefined, "template_failed"]).toContain(codeOf(source));
    }
  }
});

function codeOf(source: string): string | undefined {
  try {
    parseTemplate(source);
    return undefined;
  } catch (error) {
    return error instanceof HalterError ? error.code : String(error);
  }
}

test("a source over 256 KB is refused", () => {
  expect(parseTemplate("x".repeat(262_144)).body).toHaveLength(1);
  expect(() => parseTemplate("x".repeat(262_145))).toThrow(/^262145 characters of source/);
});

describeCorpora("every template of the corpus", (templates) => {
  test("is read, with room to spare", () => {
    expect(templates).toHaveLength(250);
    for (const { name, source } of templates) {
      const tree = lawful(source);
      const depth = Math.max(0, ...walk(tree?.body ?? []).map((visit) => visit.depth));
      expect(tree, name).toBeDefined();
      expect(depth, name).toBeLessThanOrEqual(200 / 5);
    }
  });
});
