import { describe, expect, it, test } from "vitest";
import { compile } from "../../../src/templates/jinja/index.ts";
import { failureOf, MODES, rendering } from "../../support/jinja.ts";

const ROLES = `{%- for message in messages %}
    {%- if message.role not in ["user", "assistant"] %}
        {{- raise_exception("Unknown role: " ~ message.role) }}
    {%- endif %}
{%- endfor %}`;

describe.each(MODES)("failures in %s mode", (mode) => {
  it("show the template's own words, the place, and the message they are about", () => {
    const messages = [{ role: "user" }, { role: "critic" }];
    const failure = failureOf(() => rendering(ROLES, mode, { messages }));
    expect(failure.code).toBe("template_failed");
    expect(failure.data).toMatchObject({ line: 3, column: 13, raised: true, path: ["messages", 1] });
    expect(failure.message).toContain("Unknown role: critic");
    expect(failure.message).toContain("messages[1]");
    expect(failure.message).toContain('raise_exception("Unknown role: " ~ message.role)');
    expect(failure.message).toMatch(/\^{5}/);
    expect(failure.hint).toBeTypeOf("string");
  });

  it("point into a macro that failed", () => {
    const source = "{% macro m(x) %}\n  {{ x | nothing_such }}\n{% endmacro %}\n{{ m(1) }}";
    expect(failureOf(() => rendering(source, mode)).data).toMatchObject({ line: 2, raised: false });
  });

  it("name no message outside of loops over them", () => {
    expect(failureOf(() => rendering("{{ raise_exception('no') }}", mode)).data).not.toHaveProperty("path");
  });

  it("name the template", () => {
    const program = compile("{{ raise_exception('no') }}", { mode, name: "mine.jinja" });
    expect(failureOf(() => program.render({}, { now: new Date() })).message).toContain("mine.jinja, line 1");
  });
});

test("llama.cpp's engine raises with strings only", () => {
  const dataOf = (mode: (typeof MODES)[number]) => failureOf(() => rendering("{{ raise_exception(1) }}", mode)).data;
  expect(dataOf("transformers")).toMatchObject({ raised: true, message: "1" });
  expect(dataOf("llama.cpp")).toMatchObject({ raised: false });
});

describe("constructs that only one engine reads", () => {
  it.each([
    "{% with a = 1 %}{% endwith %}",
    "{{ 1 // 2 }}",
    "{{ 1 ** 2 }}",
    "{{ 1e3 }}",
    "{% for a in b recursive %}{% endfor %}",
  ])("%s", (source) => {
    compile(source, { mode: "transformers" });
    const failure = failureOf(() => compile(source, { mode: "llama.cpp" }));
    expect(failure.message).toContain("llama.cpp's engine cannot read");
    expect(failure.data).toMatchObject({ line: 1 });
  });

  it("{% do %} is in neither", () => {
    for (const mode of MODES) expect(() => compile("{% do 1 %}", { mode })).toThrow(/do/);
  });
});
