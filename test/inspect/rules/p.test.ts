import { describe, expect, it } from "vitest";
import { rules } from "../../../src/inspect/rules/p/index.ts";
import { findingsOf } from "../../support/template-rules.ts";

const CHATML =
  "{%- for message in messages %}{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}{%- endfor %}" +
  "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}";
const CALLING =
  "{%- for tool in tools or [] %}{{- tool | tojson }}{%- endfor %}{%- for message in messages %}{{- '[' ~ message.role ~ ']' ~ (message.content or '') }}" +
  "{%- for call in message.tool_calls or [] %}{{- '<call>' ~ call.function.name }}" +
  "{%- for key in call.function.arguments %}{{- '<' ~ key ~ '>' ~ call.function.arguments[key] | tojson }}{%- endfor %}{%- endfor %}{%- endfor %}";

type More = Parameters<typeof findingsOf>[2];

interface Fixture {
  readonly bad: string;
  /** Words of the finding. */
  readonly says: string;
  readonly good: string;
  /** What the bad one is looked at with; the good one too. */
  readonly more?: More;
}

const known = (source: string): More => ({ reference: { name: "the known one", source } });
const oneLine = (end: string) =>
  `{% for message in messages %}${"{% if true %}a{% endif %}".repeat(50)}{{ message.content ~ '${end}' }}{% endfor %}`;
const server = (caps: Readonly<Record<string, boolean>>): More => ({
  server: {
    build: "b10587-3f545becc",
    caps,
    chatTemplate: CALLING,
    applyTemplate: async () => "",
    tryTools: async () => undefined,
  },
});

const FIXTURES: Readonly<Record<string, Fixture>> = {
  P01: { bad: " \n", says: "empty", good: CHATML },
  P02: { bad: "{{ 7 // 2 }}", says: "llama.cpp does not load it", good: CHATML },
  P03: {
    bad: "{{ messages[0].content.rfind('x') }}",
    says: "method rfind",
    good: "{{ messages[0].content.split('x')[0] }}",
  },
  P04: { bad: "{% set all = [] %}{{ all.append(1) }}", says: "append", good: "{% set all = [] + [1] %}{{ all.get }}" },
  P05: {
    bad: `${CALLING}{%- for tool in tools or [] %}{{- 'about: ' + tool.function.description }}{%- endfor %}`,
    says: "a tool without a description",
    good: CALLING,
  },
  P06: {
    bad: "{% for m in messages %}{% if m.role == 'tool' %}{{ m.content }}{% break %}{% endif %}{% endfor %}",
    says: "lost in llama.cpp",
    good: "{% for m in messages %}{% if m.role == 'user' %}{{ m.content }}{% else %}{% break %}{% endif %}{% endfor %}",
  },
  P07: { bad: "{{ messages[0].content.strip('x') }}", says: "strip", good: "{{ messages[0].content.strip() }}" },
  P08: {
    bad: `{%- for tool in tools or [] %}{{- tool.function.parameters.properties.city_zq.type }}{%- endfor %}${CALLING}`,
    says: "['string', 'null']",
    good: CALLING,
  },
  P09: {
    bad: "{% for m in messages %}{{ (m.content | string)[:m.content | length - 5] }}{% endfor %}",
    says: "not ASCII",
    good: "{% for m in messages %}{{ m.content }}{% endfor %}",
  },
  P10: {
    bad: "{%- for m in messages %}{%- for call in m.tool_calls or [] %}{%- for key, value in call.function.arguments.items() %}{{- key ~ value }}{%- endfor %}{%- endfor %}{{- m.content }}{%- endfor %}",
    says: "named like methods",
    good: CALLING,
  },
  P11: { bad: oneLine(" "), says: "one line", good: oneLine("\\n") },
  P12: { bad: CHATML.replaceAll("im_end", "im_stop"), says: "the known one", good: CHATML, more: known(CHATML) },
  P13: {
    bad: CHATML,
    says: "by <|channel|>",
    good: `${CHATML}{# <|channel|> #}`,
    more: known(`${CHATML}{# once there was <|channel|> #}`),
  },
  P14: {
    bad: `${CHATML}{# reasoning_content <think> <tool_call>\\n{"name": " #}`,
    says: "enable_thinking",
    good: `${CHATML}{# reasoning_content <think> <tool_call>\\n{"name": " #}{% if enable_thinking %}{% endif %}`,
    more: { model: "qwen3" },
  },
  P15: { bad: CHATML, says: "tool_use", good: CHATML },
  P16: { bad: CALLING, says: "toolCalls", good: CHATML, more: server({ supports_tool_calls: false }) },
};

describe("rules on portability", () => {
  it.each(rules.map((rule) => [rule.id, rule] as const))(
    "%s notices a bad template and leaves a good one alone",
    async (id, rule) => {
      const { bad, says, good, more } = FIXTURES[id]!;
      const siblings = id === "P15" ? { siblings: { tool_use: CALLING } } : {};
      const found = await findingsOf(rule, bad, { ...more, ...siblings });
      expect(found.map(({ message }) => message).join("\n")).toContain(says);
      expect(await findingsOf(rule, good, more)).toEqual([]);
    },
  );

  it("P01 and P02 speak where the template cannot be read", async () => {
    const [P02] = rules.filter(({ id }) => id === "P02");
    expect((await findingsOf(P02!, "{% if %}"))[0]?.message).toContain("cannot be parsed");
    expect(P02!.evenUnreadable).toBe(true);
  });

  it("P02 tells a bound of halter's own from a fault of the syntax, each with advice that fits", async () => {
    const [P02] = rules.filter(({ id }) => id === "P02");
    const [large] = await findingsOf(P02!, "x".repeat(262_145));
    expect(large?.message).toMatch(/^the template is beyond a bound of halter's own and is not checked: 262145 /);
    expect(large?.fix).toContain("move data out of it");
    const [deep] = await findingsOf(P02!, `{{ ${"(".repeat(300)}1${")".repeat(300)} }}`);
    expect(deep).toMatchObject({
      message: expect.stringContaining("a bound of halter's own"),
      fix: expect.stringContaining("split"),
    });
    const [wrong] = await findingsOf(P02!, "{{ a = b }}");
    expect(wrong).toMatchObject({
      message: expect.stringContaining("cannot be parsed"),
      fix: expect.stringContaining("=="),
    });
    expect((await findingsOf(P02!, "{{ 7 // 2 }}"))[0]?.fix).toBeUndefined();
  });

  it("P12 shows a conversation of the kind that it speaks of", async () => {
    const [P12] = rules.filter(({ id }) => id === "P12");
    const spaced = `{{- '\\n' }}${CHATML}`;
    expect((await findingsOf(P12!, spaced, known(CHATML)))[0]).toMatchObject({ severity: "info", fixture: "plain" });
    const [graver] = await findingsOf(P12!, `${spaced}{%- if tools %}{{- 'TOOLS' }}{%- endif %}`, known(CHATML));
    expect(graver).toMatchObject({ message: expect.stringContaining("with tools"), severity: "warning" });
    expect(graver?.fixture).toBe("no user");
  });

  it("P06 minds no output outside of the loop that is left", async () => {
    const [P06] = rules.filter(({ id }) => id === "P06");
    const inner = "{% for n in messages %}{% if n.role %}{% break %}{% endif %}{% endfor %}";
    expect(await findingsOf(P06!, `{% for m in messages %}{{ m.content }}${inner}{% endfor %}`)).toEqual([]);
  });

  it("P10 tells a key that is read from a method that is called", async () => {
    const [P10] = rules.filter(({ id }) => id === "P10");
    const reading = await findingsOf(P10!, "{{ messages[0].items }}");
    expect(reading.map(({ message }) => message)).toEqual([expect.stringContaining(".items is a method")]);
    expect(await findingsOf(P10!, "{{ messages[0].items() | list | length }}")).toEqual([]);
  });

  it("P15 says where the other template is the same", async () => {
    const [P15] = rules.filter(({ id }) => id === "P15");
    const siblings = { rag: CALLING, tool_use: CHATML };
    expect((await findingsOf(P15!, CHATML, { siblings })).map(({ message }) => message)).toEqual([
      "there is another template, rag",
      "there is another template, tool_use, used where tools are given (the same text)",
    ]);
  });

  it("P11 tells a copy whose white space was lost", async () => {
    const [P11] = rules.filter(({ id }) => id === "P11");
    const whole = "{% for m in messages %}\n{{ m.content }}\nend\n{% endfor %}";
    const lost = whole.replaceAll("\n", "");
    expect(await findingsOf(P11!, lost, known(whole))).toHaveLength(1);
    expect(await findingsOf(P11!, whole, known(whole))).toEqual([]);
  });

  it("P03 names each engine by itself", async () => {
    const [P03] = rules.filter(({ id }) => id === "P03");
    const found = await findingsOf(
      P03!,
      "{{ [1, 2] | min }}{{ tool_calls | tojson }}{{ other(1) }}{% macro own() %}{% endmacro %}{{ own() }}",
    );
    expect(found.map(({ message, severity }) => [severity, message])).toEqual([
      ["warning", "llama.cpp does not have the function other"],
      ["warning", "transformers does not have the function other"],
      ["info", "@huggingface/jinja does not have the filter min, the function other"],
    ]);
  });
});
