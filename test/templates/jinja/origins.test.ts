import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Rendering } from "../../../src/templates/jinja/index.ts";
import { draws } from "../../support/draws.ts";
import { MODES, rendering, type Variables } from "../../support/jinja.ts";

/** A template that reads its messages in as many ways as templates do. */
const SOURCE = `{%- macro shown(text) %}<{{ text }}>{% endmacro %}
{%- set first = messages[0] %}
{%- set all = namespace(text='') %}
{%- for m in messages %}
{{- '<|' ~ m.role ~ '|>' + m.content }}
{%- set block %}[{{ m.content | trim }}]{% endset %}
{{- block }}{{ shown(m.content[1:]) }}{{ m.content.split(' ') | join('-') }}
{{- m.content | replace('a', 'bb') }}{{ m.content | upper }}{{ m.role | tojson }}
{%- set all.text = all.text ~ m.content %}
{%- for key, value in m.extra | items %}{{ key }}={{ value }}{% endfor %}
{%- endfor %}
{{- all.text }}{{ first.role }}`;

const text = fc.string({ unit: fc.constantFrom("a", "b", "A", " ", "\\n", "<", '"', "é"), maxLength: 12 });
const message = fc.record({
  role: text,
  content: text,
  extra: fc.dictionary(fc.constantFrom("k", "longer", "x y"), text, { maxKeys: 3 }),
});
const inputs = fc.record({ messages: fc.array(message, { minLength: 1, maxLength: 4 }) });

/** The input value at a path. */
function at(variables: Variables, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], variables);
}

/** The characters a value may have lent: its own, in other case, escaped, what `replace` put in place of one, and what is left of one that was cut through. */
function lent(value: unknown): Set<string> {
  const own = typeof value === "string" ? value : JSON.stringify(value);
  return new Set([
    ...own,
    ...own.toUpperCase(),
    ...own.toLowerCase(),
    ...JSON.stringify(own).slice(1, -1),
    ...(own.includes("a") ? "b" : ""),
    "\ufffd",
  ]);
}

function strangers(variables: Variables, { parts }: Rendering): unknown[] {
  return parts.filter(({ text, path }) => {
    if (path === undefined) return false;
    const allowed = lent(at(variables, path));
    return [...text].some((character) => !allowed.has(character));
  });
}

describe.each(MODES)("origins in %s mode", (mode) => {
  it("cover the text, and every character said to be of a value is one of its", () => {
    fc.assert(
      fc.property(inputs, (variables) => {
        const made = rendering(SOURCE, mode, variables);
        expect(made.parts.map(({ text }) => text).join("")).toBe(made.text);
        expect(strangers(variables, made)).toEqual([]);
        for (const { text } of made.parts) expect(text).not.toBe("");
      }),
      draws(),
    );
  });

  it("let no character of the input pass as the template's", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ content: fc.string({ unit: fc.constantFrom("é", "ß", "木"), minLength: 1 }) }), {
          minLength: 1,
        }),
        (messages) => {
          const source =
            "{% for m in messages %}<{{ m.content | trim }}>{{ m | tojson }}{{ m.content ~ m.content[0:2] }}{% endfor %}";
          const own = rendering(source, mode, { messages }).parts.filter(({ path }) => path === undefined);
          expect(own.map(({ text }) => text).join("")).not.toMatch(/[éß木]/);
        },
      ),
      draws(),
    );
  });

  it("tell messages and fields apart", () => {
    const messages = [
      { role: "user", content: "one" },
      { role: "user", content: "two" },
    ];
    const source = "{% for m in messages %}[{{ m.role }}]{{ m.content }}{% endfor %}";
    expect(rendering(source, mode, { messages }).parts).toEqual([
      { text: "[", path: undefined },
      { text: "user", path: ["messages", 0, "role"] },
      { text: "]", path: undefined },
      { text: "one", path: ["messages", 0, "content"] },
      { text: "[", path: undefined },
      { text: "user", path: ["messages", 1, "role"] },
      { text: "]", path: undefined },
      { text: "two", path: ["messages", 1, "content"] },
    ]);
  });

  it("follow keys, numbers and tools", () => {
    const variables = { tools: [{ name: "f", parameters: { depth: 3 } }] };
    const { parts } = rendering(
      "{{ tools[0].parameters.depth }}{% for k in tools[0].parameters %}{{ k }}{% endfor %}",
      mode,
      variables,
    );
    expect(parts).toEqual([
      { text: "3", path: ["tools", 0, "parameters", "depth"] },
      { text: "depth", path: ["tools", 0, "parameters"] },
    ]);
  });
});
