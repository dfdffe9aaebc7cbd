import { describe, expect, it } from "vitest";
import type { Tokenizer } from "../../../src/inspect/rules/rule.ts";
import { rules } from "../../../src/inspect/rules/s/index.ts";
import { findingsOf } from "../../support/template-rules.ts";
import { type BadTemplate, itChecks, ruleOf } from "../../support/template-rules-table.ts";

const TURNS = `{% for m in messages %}[{{ m.role }}]{{ m.content }}
{% for c in m.tool_calls or [] %}<call>{{ c.function.name }} {{ c.function.arguments | tojson }}</call>
{% endfor %}{% endfor %}{% if add_generation_prompt %}[assistant]{% endif %}`;
const withTools = (body: string) => `{% if tools %}{% for t in tools %}${body}{% endfor %}{% endif %}\n${TURNS}`;
const listing = (parameter: string) =>
  withTools(
    `{{ t.function.name }}: {{ t.function.description }}
{% for name, p in t.function.parameters.properties | items %}- {{ name }}: ${parameter}
{% endfor %}`,
  );

/** Parameters in the order of `pairs`. */
const inOrder = (pairs: string) =>
  withTools(
    `{{ t.function.name }}: {% set given = t.function.parameters.properties %}
{% for name, p in ${pairs} %}- {{ name }}: {{ p.description }}
{% endfor %}`,
  );
const GOOD = withTools("{{ t.function | tojson }}\n");
const words: Tokenizer = { tokenize: async (text) => text.match(/\w+/g)?.map((word) => word.length) ?? [] };
const FLAT = listing("{{ p.description }} {{ p.type }}");

/** Templates that a rule must find something in, and how grave it is. */
const BAD: readonly BadTemplate[] = [
  { id: "S01", source: FLAT, severity: "warning", says: /anyOf, oneOf, allOf/ },
  {
    id: "S01",
    source: listing("{{ p.description }} {{ raise_exception('type?') if not p.type }}"),
    severity: "error",
    says: /anyOf is refused: type\?/,
  },
  { id: "S02", source: FLAT, severity: "warning", says: /\$ref/ },
  {
    id: "S03",
    source: listing("{{ p.description }} {{ {'string': 'str', 'integer': 'int'}[p.type] }}"),
    severity: "error",
    says: /several types is refused/,
  },
  {
    id: "S03",
    source: listing("{{ p.description }} type={{ p.type | string }};"),
    severity: "info",
    says: /several types is printed with \['integer', 'null'\]/,
  },
  { id: "S03", source: listing("{{ p.description }} type={{ p.type }};"), severity: "warning", says: /an empty type/ },
  { id: "S04", source: FLAT, severity: "info", says: /enum, const, default, pattern, minimum, maximum/ },
  { id: "S05", source: FLAT, severity: "warning", says: /object inside an object/ },
  {
    id: "S05",
    source: listing(
      "{{ p.description }} {% for key in p.properties.inner_zq.properties if p.properties %}{{ key }}{% endfor %}",
    ),
    severity: "warning",
    says: /inside an object: shown without their descriptions/,
  },
  { id: "S06", source: withTools("{{ t | tojson }}\n"), severity: "info", says: /"type": "function"/ },
  {
    id: "S07",
    source: inOrder("given | dictsort"),
    severity: "info",
    says: /parameters are sorted/,
  },
  {
    id: "S07",
    source: inOrder("(given | dictsort if messages | length > 1 else given | items)"),
    severity: "warning",
    says: /not the same in every turn/,
  },
  {
    id: "S08",
    source: GOOD,
    severity: "info",
    says: /^the first tool costs ([1-9]\d) tokens .* a further one of the same size \1 /,
    more: { tokenizer: words },
  },
];

describe("rules of tool schemas", () => {
  itChecks({ rules, bad: BAD, good: GOOD });

  it("says nothing of templates that show no tools", async () => {
    for (const rule of rules) expect(await findingsOf(rule, TURNS)).toEqual([]);
  });

  it("S06 compares with a known-good template", async () => {
    const reference = { name: "good", source: GOOD };
    const [finding] = await findingsOf(ruleOf(rules, "S06"), withTools("{{ t | tojson }}\n"), { reference });
    expect(finding).toMatchObject({ severity: "warning", message: expect.stringContaining("unlike good") });
  });
});
