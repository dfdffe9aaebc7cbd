import { describe, expect, it } from "vitest";
import { rules } from "../../../src/inspect/rules/f/index.ts";
import { findingsOf } from "../../support/template-rules.ts";
import { chatml, refusing, skipping } from "../../support/template-rules-chatml.ts";
import { type BadTemplate, itChecks, ruleOf } from "../../support/template-rules-table.ts";

/** Templates that a rule must find something in, and how grave it is. */
const BAD: readonly BadTemplate[] = [
  { id: "F01", source: skipping("m.role == 'assistant'"), severity: "error", says: /ANSWERZQ \(assistant\)/ },
  { id: "F01", source: skipping("m.role == 'tool'"), severity: "error", says: /SUNNYZQ \(tool\)/ },
  { id: "F01", source: refusing("messages"), severity: "error", says: /one user message is refused: not so/ },
  { id: "F01", source: skipping("m.role == 'system'"), severity: "warning", says: /unless llama-server/ },
  {
    id: "F02",
    source: chatml({ content: "{{ m.content if m.role != 'system' or loop.first }}" }),
    severity: "warning",
    says: /does not reach/,
  },
  {
    id: "F02",
    source: chatml({ before: refusing("m.role == 'system' and not loop.first") }),
    severity: "warning",
    says: /refused: not so/,
  },
  {
    id: "F03",
    source: chatml({ before: refusing("m.role == 'system' and loop.index0 > 1") }),
    severity: "warning",
    says: /after an answer is refused/,
  },
  { id: "F04", source: skipping("m.role == 'developer'"), severity: "info", says: /developer does not reach/ },
  { id: "F05", source: skipping("m.role == 'critic'"), severity: "info", says: /dropped silently/ },
  {
    id: "F06",
    source: chatml({ content: "{{ m.content if not m.tool_calls }}" }),
    severity: "warning",
    says: /beside/,
  },
  { id: "F07", source: chatml({ content: "{{ m.content | trim }}" }), severity: "warning", says: /user message/ },
  {
    id: "F07",
    source: chatml({ content: "{{ m.content | trim if m.role == 'tool' else m.content }}" }),
    severity: "warning",
    says: /tool result/,
  },
  {
    id: "F08",
    source: chatml({
      call: `{{ '<tool_call>' + c.function.name + c.function.arguments | tojson(ensure_ascii=true) }}`,
    }),
    severity: "warning",
    says: /escaped/,
  },
  {
    id: "F08",
    source: chatml({ content: "{{ m.content | replace('😀', '?') }}" }),
    severity: "warning",
    says: /changed/,
  },
  { id: "F09", source: chatml({ content: "{{ m.content }}" }), severity: "info", says: /llama-server joins/ },
  {
    id: "F10",
    source: chatml({ content: "{{ m.content }}{{ m.note ~ '' if m.note else none | string }}" }),
    severity: "error",
    says: /None/,
  },
  {
    id: "F11",
    source: chatml({ before: refusing("loop.previtem and m.role == loop.previtem.role") }),
    severity: "warning",
    says: /two user messages/,
  },
  {
    id: "F12",
    source: chatml({ head: refusing("not (messages | selectattr('role', 'equalto', 'user') | list)") }),
    severity: "error",
    says: /not so/,
  },
  { id: "F13", source: chatml({ open: "", close: "" }), severity: "warning", says: /LEFTZQRIGHTZQ/ },
  {
    id: "F14",
    source: chatml({ close: "{{ '<|im_end|>\\n' if m.role != 'tool' else '<|im_end|><|im_end|>' }}" }),
    severity: "error",
    says: /without a turn/,
  },
  {
    id: "F14",
    source: chatml({ close: "{{ '<|im_end|>\\n' if m.role != 'tool' }}" }),
    severity: "error",
    says: /while a turn is open/,
  },
  { id: "F15", source: chatml({ list: "messages | sort(attribute='role')" }), severity: "error", says: /ANSWERZQ/ },
  {
    id: "F14",
    source: chatml({
      generation: "{{ '<|im_start|>assistant\\n' if add_generation_prompt and messages[-1].role != 'tool' }}",
    }),
    severity: "error",
    says: /ends outside of any turn/,
  },
  {
    id: "F15",
    source: chatml({
      list: "(messages | rejectattr('role', 'equalto', 'system') | list) + (messages | selectattr('role', 'equalto', 'system') | list)",
    }),
    severity: "warning",
    says: /SYSTEMZQ \(system\)$/,
  },
  {
    id: "F15",
    source: chatml({
      list: "messages | sort(attribute='role', reverse=true) | rejectattr('role', 'equalto', 'system')",
    }).replace(
      "{% endfor %}{% if add",
      "{% endfor %}{{ messages[0].content if messages[0].role == 'system' }}{% if add",
    ),
    severity: "error",
    says: /stand as/,
  },
  {
    id: "F16",
    source: chatml({ content: "{{ m.content.split('</think>')[-1] }}" }),
    severity: "warning",
    says: /quoted <\/think>/,
  },
  { id: "F17", source: skipping("not m.content"), severity: "warning", says: /an empty answer leaves no trace/ },
  {
    id: "F17",
    source: chatml({ before: refusing("m.role == 'tool' and not m.content") }),
    severity: "warning",
    says: /an empty tool result is refused/,
  },
  {
    id: "F18",
    source: chatml({ head: "You are a helpful and honest assistant.\n" }),
    severity: "info",
    says: /You are a helpful/,
  },
  {
    id: "F19",
    source: chatml({ content: "{{ m.content }}{{ m.content if m.role == 'user' }}" }),
    severity: "warning",
    says: /ASKZQ/,
  },
  { id: "F19", source: chatml({ before: "{{ tools | tojson }}" }), severity: "warning", says: /TOOLDESCZQ/ },
];

const GOOD: readonly { readonly why: string; readonly id: string; readonly source: string }[] = [
  { why: "the word stands in the template itself", id: "F10", source: chatml({ head: "{{ '<|note|>None<|end|>' }}" }) },
  {
    why: "a turn of another kind has its own end",
    id: "F14",
    source: chatml({ close: "{{ '<|im_end|>' if not m.tool_calls else '<|call|>' }}" }),
  },
  { why: "the tag is not looked for", id: "F16", source: chatml() },
  { why: "white space in JSON text", id: "F07", source: chatml({ content: "{{ m.content | tojson }}" }) },
];

describe("rules on the text of messages", () => {
  itChecks({ rules, bad: BAD, good: chatml() });

  it.each(GOOD)("$id is silent where $why", async ({ id, source }) => {
    expect(await findingsOf(ruleOf(rules, id), source)).toEqual([]);
  });
});
