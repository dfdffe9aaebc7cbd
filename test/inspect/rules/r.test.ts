import { describe, expect, it } from "vitest";
import { rules } from "../../../src/inspect/rules/r/index.ts";
import { findingsOf } from "../../support/template-rules.ts";
import { type BadTemplate, itChecks, ruleOf } from "../../support/template-rules-table.ts";

/** A template of turns in which `before` stands in front of an answer's content and `opening` at the end of a prompt. */
const turns = (before: string, opening = "") =>
  `{% set asked = messages | selectattr('role', 'equalto', 'user') | list | length %}{% set ns = namespace(users=0) %}` +
  `{% for m in messages %}{% if m.role == 'user' %}{% set ns.users = ns.users + 1 %}{% endif %}<{{ m.role }}>` +
  `{% if m.role == 'assistant' %}${before}{% endif %}{{ m.content }}` +
  `{% for c in m.tool_calls or [] %}<call>{{ c.function | tojson }}</call>{% endfor %}\n{% endfor %}` +
  `{% if add_generation_prompt %}<assistant>${opening}{% endif %}`;

const THOUGHT = "{% if m.reasoning_content %}<think>{{ m.reasoning_content }}</think>{% endif %}";
/** Keeps all reasoning, needs no block for none. */
const GOOD = turns(THOUGHT);
const LAST_TURN = turns(`{% if ns.users == asked %}${THOUGHT}{% endif %}`);
const keptBy = (test: string) => turns(`{% if ns.users == asked or ${test} %}${THOUGHT}{% endif %}`);
const SWITCHED = "{% if enable_thinking is defined and not enable_thinking %}<think></think>{% endif %}";

const BAD: readonly BadTemplate[] = [
  {
    id: "R01",
    what: "reasoning that ends with its turn",
    source: turns("{% if loop.last %}<think>{{ m.reasoning_content }}</think>{% endif %}"),
    severity: "warning",
    says: /before a call/,
  },
  { id: "R02", what: "no variable", source: LAST_TURN, severity: "info", says: /whatever is given/ },
  ...["preserve_thinking", "keep_past_thinking"].map((name) => ({
    id: "R02",
    what: name,
    source: keptBy(name),
    severity: "warning" as const,
    says: new RegExp(`unless ${name}=true`),
  })),
  ...["clear_thinking", "truncate_history_thinking", "drop_thinking"].map((name) => ({
    id: "R02",
    what: name,
    source: keptBy(`${name} is defined and not ${name}`),
    severity: "warning" as const,
    says: new RegExp(`unless ${name}=false`),
  })),
  {
    id: "R03",
    what: "another field",
    source: turns("{% if m.reasoning %}<think>{{ m.reasoning }}</think>{% endif %}"),
    severity: "warning",
    says: /from reasoning$/,
  },
  {
    id: "R03",
    what: "content alone",
    source: `{# </think> #}${turns("")}`,
    severity: "info",
    says: /content has it between tags/,
  },
  {
    id: "R04",
    what: "a block for nothing",
    source: turns("<think>\n{{ m.reasoning_content }}\n</think>\n"),
    severity: "warning",
    says: /empty <think><\/think> stands before a call/,
  },
  {
    id: "R05",
    what: "a block that only the prompt has",
    source: turns(THOUGHT, SWITCHED),
    severity: "warning",
    says: /gone once the answer is history/,
  },
  {
    id: "R05",
    what: "a block that only history has",
    source: turns("<think>{{ m.reasoning_content }}</think>", "{% if enable_thinking %}<think>{% endif %}"),
    severity: "warning",
    says: /a block that the prompt did not end in/,
  },
  {
    id: "R06",
    what: "a switch",
    source: turns(THOUGHT, SWITCHED),
    severity: "info",
    says: /on by default .* enable_thinking$/,
  },
  {
    id: "R06",
    what: "an open block",
    source: turns(THOUGHT, "<think>\n"),
    severity: "info",
    says: /begins inside <think>/,
  },
  {
    id: "R06",
    what: "a mode",
    source: `{% if thinking_mode == 'deep' %}Think deeply.{% endif %}${turns(THOUGHT)}`,
    severity: "info",
    says: /set by thinking_mode/,
  },
  {
    id: "R06",
    what: "a switch in reverse",
    source: turns(THOUGHT, "<think>{% if enable_thinking %}</think>{% endif %}"),
    severity: "warning",
    says: /=true closes the block/,
  },
  {
    id: "R06",
    what: "a third way",
    source: turns(
      THOUGHT,
      "{% if enable_thinking is defined %}<think>{% if not enable_thinking %}</think>{% endif %}{% endif %}",
    ),
    severity: "warning",
    says: /like neither/,
  },
  {
    id: "R09",
    what: "all three",
    source: turns(
      `{% if m.reasoning_content and m.content and m.tool_calls %}{{ raise_exception('not all three') }}{% endif %}${THOUGHT}`,
    ),
    severity: "error",
    says: /not all three/,
  },
  {
    id: "R09",
    what: "all three as another client sends them",
    source: turns(
      `{% if m.thinking and m.content and m.tool_calls %}{{ raise_exception('not all three') }}{% endif %}${THOUGHT}`,
    ),
    severity: "warning",
    says: /not all three, unless a server/,
  },
];

describe("rules of reasoning", () => {
  itChecks({ rules, bad: BAD, good: GOOD });

  it.each(rules.map(({ id }) => id))("%s says nothing of templates without reasoning", async (id) => {
    expect(await findingsOf(ruleOf(rules, id), turns(""))).toEqual([]);
  });

  it("R04 allows an empty block where prompts end in one", async () => {
    const block = "<think></think>";
    expect(await findingsOf(ruleOf(rules, "R04"), turns(block, block))).toEqual([]);
  });

  it("R04 looks past what instructions show", async () => {
    expect(await findingsOf(ruleOf(rules, "R04"), `Write <think></think> to think nothing.\n${GOOD}`)).toEqual([]);
  });
});
