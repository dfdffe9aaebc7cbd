import { describe, expect, it } from "vitest";
import { compileTemplate, render } from "../../src/templates/index.ts";
import type { Message, Prompt, ToolSpec } from "../../src/types/index.ts";

const now = new Date(2026, 0, 5, 9, 7, 3);
const TOOL: ToolSpec = { name: "f", description: "d", parameters: { type: "object", properties: {} } };

/** A small template of the Qwen3-Coder kind: calls as XML, arguments one by one. */
const XML = `{%- for message in messages -%}
<{{ message.role }}>{{ message.content }}
{%- for call in message.tool_calls or [] -%}
{%- for name, value in call.function.arguments|items -%}
{{- '[' ~ name ~ '=' -}}{{- value | tojson if value is mapping or (value is sequence and value is not string) else value | string -}}{{- ']' -}}
{%- endfor -%}
{%- endfor -%}
{%- endfor -%}
{%- if tools %}{{ tools | tojson }}{% endif -%}
{%- if add_generation_prompt %}<assistant>{{ '<think>' if enable_thinking else '' }}{% endif -%}`;

const user = (content: string): Message => ({ role: "user", content });
const asking = (args: string): Message => ({
  role: "assistant",
  content: "",
  tool_calls: [{ id: "1", type: "function", function: { name: "f", arguments: args } }],
});
const prompt = (messages: readonly Message[], more: Partial<Prompt> = {}): Prompt => ({
  messages,
  tools: [],
  kwargs: {},
  ...more,
});

async function text(source: string, given: Prompt, more = {}) {
  return render(await compileTemplate(source), { prompt: given, now, ...more }).text;
}

describe("render", () => {
  it("prints null, true, floats and odd keys of arguments as the server does", async () => {
    const args = '{"10":null,"2":true,"f":1.0,"i":9007199254740993,"l":[1e20,0.1,{"b":1,"1":null}],"s":"it\'s"}';
    expect(await text(XML, prompt([user("x"), asking(args)]), { addGenerationPrompt: false })).toBe(
      `<user>x<assistant>[10=None][2=True][f=1][i=9007199254740993][l=[1e+20, 0.1, {"b": 1, "1": null}]][s=it's]`,
    );
  });

  it("reports the rewrites it made", async () => {
    const { steps } = render(await compileTemplate(XML), { prompt: prompt([user("x"), asking("{}")]), now });
    expect(steps).toEqual([
      expect.objectContaining({ name: "order-fields", messages: 1 }),
      expect.objectContaining({ name: "parse-arguments", messages: 1 }),
    ]);
  });

  it("gives tools in the wire form, in one order of keys", async () => {
    expect(await text(XML, prompt([user("x")], { tools: [TOOL] }), { addGenerationPrompt: false })).toBe(
      '<user>x[{"type": "function", "function": {"name": "f", "description": "d", "parameters": {"type": "object", "properties": {}}}}]',
    );
  });

  it("lets the server's caps overrule its own probes", async () => {
    const args = '{"a":1}';
    const given = prompt([user("x"), asking(args)]);
    const source =
      "{% for m in messages %}{% for c in m.tool_calls or [] %}{{ c.function.arguments | tojson }}{% endfor %}{% endfor %}";
    expect(await text(source, given)).toBe('{"a": 1}');
    expect(await text(source, given, { caps: { supports_object_arguments: false } })).toBe(JSON.stringify(args));
  });

  it("finds the generation prompt, with thinking on unless told otherwise", async () => {
    const template = await compileTemplate(XML);
    expect(render(template, { prompt: prompt([user("x")]), now }).generationPrompt).toBe("<assistant><think>");
    const off = prompt([user("x")], { kwargs: { enable_thinking: false } });
    expect(render(template, { prompt: off, now }).generationPrompt).toBe("<assistant>");
  });

  it("takes the time from its caller", async () => {
    const source = "{{ strftime_now('%A, %d %B %Y %H:%M:%S|%-d|%e|%y|%I %p|%q') }} {{ date_string }} {{ datetime }}";
    expect(await text(source, prompt([user("x")]))).toBe(
      "Monday, 05 January 2026 09:07:03|5| 5|26|09 AM|%q 05 Jan 2026 Jan 05 2026",
    );
  });

  it("fails with the template's own words where it raises", async () => {
    const template = await compileTemplate("{{ raise_exception('no ' ~ messages|length) }}");
    expect(() => render(template, { prompt: prompt([user("x")]), now })).toThrow(
      expect.objectContaining({
        code: "template_failed",
        message: expect.stringContaining("no 1"),
        data: expect.objectContaining({ raised: true, message: "no 1" }),
      }),
    );
  });

  it("follows the server's build, and the newest known one where it names none", async () => {
    const source = "{{ dict(a=1)['a'] }}";
    const given = { messages: [user("x")], tools: [], kwargs: {} };
    for (const build of ["b11549-1a2b3c4", "b0-unknown", ""])
      expect(render(await compileTemplate(source, build), { prompt: given, now }).text).toBe("1");
    const older = await compileTemplate(source, "b10587-3f545becc");
    expect(() => render(older, { prompt: given, now })).toThrow();
  });

  it("refuses a source it cannot read, with a hint", async () => {
    await expect(compileTemplate("{% for x in %}")).rejects.toThrow(
      expect.objectContaining({
        code: "template_failed",
        hint: expect.any(String),
        data: expect.objectContaining({ line: 1, column: 13 }),
      }),
    );
  });
});

describe("capabilities", () => {
  it.each([
    [
      "text",
      "{% for m in messages %}{{ m.role + m.content }}{% endfor %}",
      { stringContent: true, typedContent: false },
    ],
    [
      "parts",
      "{% for m in messages %}{% for p in m.content %}{{ p.text }}{% endfor %}{% endfor %}",
      { stringContent: false, typedContent: true },
    ],
    [
      "no system role",
      "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no') }}{% endif %}{{ m.content }}{% endfor %}",
      { systemRole: false, tools: false, toolCalls: false },
    ],
    ["tools and objects", XML, { systemRole: true, tools: true, objectArguments: true }],
    [
      "arguments as text",
      "{% for m in messages %}{{ m.content }}{% for c in m.tool_calls or [] %}{{ c.function.name + c.function.arguments }}{% endfor %}{% endfor %}",
      { toolCalls: true, objectArguments: false },
    ],
  ])("of a template with %s", async (_, source, expected) => {
    expect((await compileTemplate(source)).caps).toMatchObject(expected);
  });
});
