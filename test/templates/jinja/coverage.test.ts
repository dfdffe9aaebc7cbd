import { describe, expect, it } from "vitest";
import { rendering } from "../../support/jinja.ts";

const SOURCE = `{%- for m in messages %}
{%- if m.role == "user" %}
U{{ m.content }}
{%- elif m.role == "tool" %}
T{{ m.content }}
{%- else %}
{{ raise_exception("role") }}
{%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}A{% endif %}
{%- macro never() %}
x
{%- endmacro %}`;

describe("coverage", () => {
  it("tells which lines ran", () => {
    const { coverage } = rendering(SOURCE, "transformers", { messages: [{ role: "user", content: "hi" }] });
    expect([...coverage.all].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 7, 10, 11, 12]);
    expect([...coverage.ran].sort((a, b) => a - b)).toEqual([1, 2, 3, 10, 11]);
  });

  it("is of one render", () => {
    const { coverage } = rendering(SOURCE, "transformers", { messages: [] });
    expect([...coverage.ran].sort((a, b) => a - b)).toEqual([1, 10, 11]);
  });
});

describe("reads", () => {
  it("name what the template looked at, there or not", () => {
    const { reads } = rendering(SOURCE, "transformers", { messages: [{ role: "tool", content: "hi" }], unused: 1 });
    expect([...reads].sort()).toEqual([
      "add_generation_prompt",
      "messages",
      "messages.0",
      "messages.0.content",
      "messages.0.role",
    ]);
  });

  it("count items, negative ones too, and keys that are missing", () => {
    const source = "{{ messages[-1]['content'] }}{{ messages[0].name }}{{ range(2) | list }}{{ 'x' in kwargs }}";
    const { reads } = rendering(source, "transformers", { messages: [{}, { content: "a" }], kwargs: {} });
    expect([...reads].sort()).toEqual([
      "kwargs",
      "messages",
      "messages.0",
      "messages.0.name",
      "messages.1",
      "messages.1.content",
    ]);
  });

  it("leave out what the template set itself", () => {
    expect([...rendering("{% set a = 1 %}{{ a }}{% for b in [1] %}{{ b }}{{ loop.index }}{% endfor %}").reads]).toEqual(
      [],
    );
  });
});
