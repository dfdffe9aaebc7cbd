import { describe } from "vitest";
import { rules } from "../../../src/inspect/rules/k/index.ts";
import type { Tokenizer } from "../../../src/inspect/rules/rule.ts";
import { type BadTemplate, itChecks } from "../../support/template-rules-table.ts";

const CALLS =
  "{% for c in m.tool_calls or [] %}<call>{{ c.function.name }} {{ c.function.arguments | tojson }}</call>{% endfor %}";
const SETUP =
  "{% set ns = namespace(asked=-1) %}{% for m in messages %}{% if m.role == 'user' %}{% set ns.asked = loop.index0 %}{% endif %}{% endfor %}";

/** Turns with `before` in front of each; `opening` ends the prompt. */
const turns = (before: string, opening = "<assistant>", calls = CALLS) =>
  `${SETUP}{% for m in messages %}<{{ m.role }}>${before}{{ m.content }}${calls}\n{% endfor %}` +
  `{% if add_generation_prompt %}${opening}{% endif %}`;
const thought = (test: string) =>
  `{% if m.reasoning_content and ${test} %}<think>{{ m.reasoning_content }}</think>{% endif %}`;

const GOOD = turns(thought("true"));
const DROPPING = "loop.index0 > ns.asked";

/** Joins a line end with what follows it, as vocabularies with long runs of white space do. */
const joining: Tokenizer = {
  tokenize: async (text) =>
    (text.match(/\s+|\w+|[^\s\w]/g) ?? []).map(
      (piece) => [...piece].reduce((sum, one) => sum * 31 + one.charCodeAt(0), 7) % 1_000_003,
    ),
};

const BAD: readonly BadTemplate[] = [
  {
    id: "K01",
    what: "an opener that history lacks",
    source: turns("", "<assistant>{% if not enable_thinking %}<think></think>{% endif %}"),
    severity: "info",
    says: /next user message: the last answer is read again \(characters lost in P1 with thinking off: 15\)/,
  },
  {
    id: "K01",
    what: "a head that counts the messages",
    source: `{{ messages | length }} messages\n${GOOD}`,
    severity: "warning",
    says: /messages are read again/,
  },
  {
    id: "K02",
    what: "an opener that calls lack",
    source: turns("", "<assistant>Answer: "),
    severity: "info",
    says: /first tool call/,
  },
  {
    id: "K03",
    what: "results that only the last loop shows whole",
    source: turns(
      "{% if m.role == 'tool' and loop.last %}Result of the call that was made last, as the tool gave it: {% endif %}",
    ),
    severity: "warning",
    says: /next call in the same loop: messages are read again .*P5 with thinking on/,
  },
  {
    id: "K04",
    what: "dropped reasoning",
    source: turns(thought(DROPPING)),
    severity: "warning",
    says: /after the loop: messages are read again \(/,
  },
  {
    id: "K04",
    what: "dropped reasoning with a remedy",
    source: turns(thought(`(keep_thoughts or ${DROPPING})`)),
    severity: "warning",
    says: /unless keep_thoughts=true is given/,
  },
  {
    id: "K05",
    what: "a date",
    source: `Today is {{ strftime_now('%d %B %Y') }}.\n${GOOD}`,
    severity: "warning",
    says: /with the date/,
  },
  {
    id: "K05",
    what: "the server's date",
    source: `Today is {{ date_string }}.\n${GOOD}`,
    severity: "warning",
    says: /with the date/,
  },
  {
    id: "K05",
    what: "a time",
    source: `It is {{ strftime_now('%H:%M') }}.\n${GOOD}`,
    severity: "error",
    says: /time of day/,
  },
  {
    id: "K06",
    what: "calls printed whole",
    source: turns(
      "",
      "<assistant>",
      "{% for c in m.tool_calls or [] %}<call>{{ c.function | tojson }}</call>{% endfor %}",
    ),
    severity: "warning",
    says: /order of keys/,
  },
  {
    id: "K10",
    what: "an opener that melts into white space",
    source: turns("", "<assistant>\n"),
    severity: "info",
    says: /where an answer begins with "\\n", "\\n\\n", " The"$/,
  },
];

describe("rules of the prompt cache", () => {
  itChecks({ rules, bad: BAD, good: GOOD, more: { tokenizer: joining } });
});
