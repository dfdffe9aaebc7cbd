import { describe, expect, it } from "vitest";
import { rules } from "../../../src/inspect/rules/t/index.ts";
import { findingsOf } from "../../support/template-rules.ts";
import { chatml, refusing } from "../../support/template-rules-chatml.ts";
import { type BadTemplate, itChecks, ruleOf } from "../../support/template-rules-table.ts";

/** Calls with the arguments printed by an expression. */
const printing = (expression: string) =>
  chatml({ call: `{{ '<tool_call>' + c.id + ' ' + c.function.name + ' ' }}${expression}{{ '</tool_call>' }}` });
const named = (list: string) =>
  `{% if tools %}{% for t in ${list} %}{{ t.function.name }} {{ t.function.description }}{% endfor %}{% endif %}`;
const teaching = (example: string) => `{% if tools %}{{ tools | tojson }}${example}{% endif %}`;
const json = (key: string) =>
  `{{ '<tool_call>{"id": "' + c.id + '", "name": "' + c.function.name + '", "${key}": ' }}{{ c.function.arguments | tojson }}}</tool_call>`;

/** Templates that a rule must find something in, and how grave it is. */
const BAD: readonly BadTemplate[] = [
  {
    id: "T01",
    source: chatml({ tools: "{% if tools %}You may call tools.{% endif %}" }),
    severity: "error",
    says: /tools do not reach/,
  },
  { id: "T01", source: chatml({ tools: "" }), severity: "warning", says: /knows no tools/ },
  { id: "T01", source: chatml({ head: refusing("tools") }), severity: "error", says: /with tools is refused/ },
  { id: "T02", source: chatml({ call: "" }), severity: "error", says: /calls of the history do not reach/ },
  { id: "T02", source: chatml({ call: "{{ c.function.name }}" }), severity: "error", says: /arguments do not reach/ },
  {
    id: "T02",
    source: chatml({ before: refusing("m.role == 'tool'") }),
    severity: "error",
    says: /with a call is refused/,
  },
  {
    id: "T02",
    source: chatml().replaceAll("m.tool_calls or []", "[]"),
    severity: "warning",
    says: /calls of the history/,
  },
  {
    id: "T03",
    source: printing("{% for k, v in c.function.arguments.items() %}{{ k }}={{ v }}{% endfor %}"),
    severity: "error",
    says: /refused: .*items/,
  },
  {
    id: "T04",
    source: printing("{% if c.function.arguments is mapping %}{{ c.function.arguments | tojson }}{% endif %}"),
    severity: "error",
    says: /without them/,
  },
  { id: "T05", source: printing("{{ c.function.arguments | tojson }}"), severity: "warning", says: /encoded twice/ },
  {
    id: "T05",
    source: printing(
      "{{ c.function.arguments + '' if c.function.arguments is string else raise_exception('text only') }}",
    ),
    severity: "warning",
    says: /as an object are refused: text only/,
  },
  {
    id: "T06",
    source: chatml({ content: "{{ m.content.strip() }}" }),
    severity: "error",
    says: /`content: null` beside a call is refused/,
  },
  { id: "T06", source: chatml({ content: "{{ m.content | tojson }}" }), severity: "error", says: /printed as a word/ },
  {
    id: "T07",
    source: chatml({ before: refusing("m.tool_calls and m.tool_calls | length > 1") }),
    severity: "error",
    says: /refused: not so/,
  },
  {
    id: "T07",
    source: chatml().replace("m.tool_calls or []", "(m.tool_calls or [])[:1]"),
    severity: "warning",
    says: /ROMEZQ/,
  },
  {
    id: "T08",
    source: chatml({ open: "{{ '<|im_start|>' + m.role + '\\n' }}" }),
    severity: "info",
    says: /by their order only/,
  },
  {
    id: "T09",
    source: chatml({ before: refusing("m.tool_call_id and m.tool_call_id | length != 9") }),
    severity: "error",
    says: /refused: not so/,
  },
  {
    id: "T09",
    source: chatml({ call: "{{ '<call>' + c.id + ' ' }}{{ c.function.arguments | tojson }}" }),
    severity: "error",
    says: /in the place of the tool's name/,
  },
  {
    id: "T09",
    source: chatml({ call: "{{ '<call>' + c.function.name + ' ' }}{{ c.function.arguments | tojson }}" }),
    severity: "error",
    says: /the call does not show/,
  },
  {
    id: "T10",
    source: chatml({ before: refusing("m.role == 'tool' and not m.name") }),
    severity: "warning",
    says: /without a name is refused/,
  },
  { id: "T10", source: chatml({ before: "{{ m.name }}" }), severity: "warning", says: /renders otherwise/ },
  {
    id: "T12",
    source: chatml({ tools: "", before: `{% if m.role == 'user' and loop.last %}${named("tools or []")}{% endif %}` }),
    severity: "warning",
    says: /behind the first answer/,
  },
  {
    id: "T12",
    source: chatml({ tools: `{% if messages | length < 3 %}${named("tools")}{% endif %}` }),
    severity: "warning",
    says: /gone/,
  },
  {
    id: "T13",
    source: chatml({
      tools: `{% for t in tools or [] %}{{ t.function.name }}{{ t.function.parameters | tojson if t.function.parameters else raise_exception('no parameters') }}{% endfor %}`,
    }),
    severity: "warning",
    says: /without parameters is refused/,
  },
  {
    id: "T13",
    source: chatml({ tools: named("(tools if tools[0].function.description else [])") }),
    severity: "warning",
    says: /without a description does not reach/,
  },
  {
    id: "T14",
    source: printing("{% for k, v in c.function.arguments | items %}{{ k }}={{ v | string }}{% endfor %}"),
    severity: "error",
    says: /list_zq/,
  },
  {
    id: "T15",
    source: printing(
      "{% for k, v in c.function.arguments | items %}<{{ k }}>{{ v if v is string else v | tojson }}</{{ k }}>{% endfor %}",
    ),
    severity: "info",
    says: /"true" and true, "3" and 3, "null" and null/,
  },
  {
    id: "T16",
    source: chatml({ content: "{{ m.content | replace('  ', ' ') }}" }),
    severity: "warning",
    says: /rewritten/,
  },
  {
    id: "T17",
    source: chatml({ before: refusing("m.role == 'user' and loop.previtem and loop.previtem.role == 'tool'") }),
    severity: "warning",
    says: /refused: not so/,
  },
  {
    id: "T18",
    source: chatml({
      tools: teaching('Write <tool_call>{"name": "<name>", "parameters": {…}}</tool_call>'),
      call: json("arguments"),
    }),
    severity: "warning",
    says: /with parameters, the history with arguments/,
  },
  {
    id: "T18",
    source: chatml({ tools: teaching("Write <function=name>{…}</function>") }),
    severity: "warning",
    says: /with <function=, the history with <tool_call/,
  },
];

const GOOD: readonly { readonly why: string; readonly id: string; readonly source: string }[] = [
  {
    why: "results without ids go with calls without ids",
    id: "T09",
    source: chatml({
      open: "{{ '<|im_start|>' + m.role }}",
      call: "{{ c.function.name }}{{ c.function.arguments | tojson }}",
    }),
  },
  { why: "results are one JSON string", id: "T16", source: chatml({ content: "{{ m.content | tojson }}" }) },
  {
    why: "history and instructions agree",
    id: "T18",
    source: chatml({
      tools: teaching('Write <tool_call>{"name": "<name>", "arguments": {…}}</tool_call>'),
      call: json("arguments"),
    }),
  },
  {
    why: "only the tools themselves speak of parameters",
    id: "T18",
    source: chatml({ tools: teaching(""), call: json("arguments") }),
  },
];

describe("rules on calls", () => {
  itChecks({ rules, bad: BAD, good: chatml() });

  it.each(GOOD)("$id is silent where $why", async ({ id, source }) => {
    expect(await findingsOf(ruleOf(rules, id), source)).toEqual([]);
  });

  it("T01 is an error where the known-good template shows tools", async () => {
    const reference = { name: "good", source: chatml() };
    const [finding] = await findingsOf(ruleOf(rules, "T01"), chatml({ tools: "" }), { reference });
    expect(finding!.severity).toBeUndefined();
  });
});
