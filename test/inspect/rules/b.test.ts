import { describe, expect, it } from "vitest";
import { rules } from "../../../src/inspect/rules/b/index.ts";
import type { Tokenizer } from "../../../src/inspect/rules/rule.ts";
import { findingsOf } from "../../support/template-rules.ts";
import { chatml } from "../../support/template-rules-chatml.ts";
import { type BadTemplate, itChecks, ruleOf } from "../../support/template-rules-table.ts";

const SPECIAL = ["<s>", "<|im_start|>", "<|im_end|>"];
const END = SPECIAL.indexOf("<|im_end|>");

/** Reads the special texts as one token each, and every other character as a token of its own. */
function tokenizer(special: readonly string[] = SPECIAL, more: Partial<Tokenizer> = {}): Tokenizer {
  const tokenize = async (text: string, asSpecial: boolean) => {
    const tokens: number[] = [];
    for (let at = 0; at < text.length; ) {
      const found = asSpecial ? special.findIndex((one) => text.startsWith(one, at)) : -1;
      tokens.push(found < 0 ? 1000 + text.charCodeAt(at) : found);
      at += found < 0 ? 1 : special[found]!.length;
    }
    return tokens;
  };
  return { tokenize, endIds: [END], addsBos: false, ...more };
}

type More = NonNullable<Parameters<typeof findingsOf>[2]>;
const SOUND: More = { bosToken: "<s>", tokenizer: tokenizer(), reference: { name: "good", source: chatml() } };
const BOS = "{{ bos_token }}";

/** Templates that a rule must find something in, and how grave it is. */
const BAD: readonly BadTemplate[] = [
  { id: "B01", source: chatml({ generation: "" }), severity: "warning", says: /changes nothing/ },
  {
    id: "B01",
    source: chatml({ generation: "{{ '<|im_start|>assistant\\n' }}" }),
    severity: "info",
    says: /with or without/,
  },
  {
    id: "B02",
    source: chatml({
      generation: "{{ '<|im_start|>assistant\\n' if add_generation_prompt else eos_token + '<end>' }}",
    }),
    severity: "warning",
    says: /not the beginning/,
  },
  { id: "B03", source: chatml({ head: BOS + BOS }), severity: "error", says: /2 begin tokens/ },
  {
    id: "B03",
    source: chatml({ head: BOS }),
    severity: "info",
    says: /both add/,
    more: { tokenizer: tokenizer(SPECIAL, { addsBos: true }) },
  },
  {
    id: "B04",
    source: chatml(),
    severity: "error",
    says: /stops at none .*<\|im_end\|>/,
    more: { tokenizer: tokenizer(SPECIAL, { endIds: [99] }) },
  },
  {
    id: "B05",
    source: chatml(),
    severity: "error",
    says: /<\|im_end\|> \(10 tokens\)/,
    more: { tokenizer: tokenizer(["<s>", "<|im_start|>"]) },
  },
  {
    id: "B06",
    source: chatml({ generation: "{{ 'assistant: ' if add_generation_prompt }}" }),
    severity: "warning",
    says: /ends with .*assistant: "$/,
  },
  {
    id: "B07",
    source: chatml({ generation: "{{ '<|im_start|>assistant\\n<think>\\n' if add_generation_prompt }}" }),
    severity: "info",
    says: /does not stand behind/,
  },
  {
    id: "B07",
    source: chatml({ content: "{{ '</think>' if m.role == 'assistant' }}{{ m.content }}" }),
    severity: "info",
    says: /begin with "<\/think>"/,
  },
  {
    id: "B07",
    source: chatml({
      head: "{% if messages[-1].role == 'assistant' %}{{ raise_exception('no answer last') }}{% endif %}",
    }),
    severity: "info",
    says: /refused: no answer last/,
  },
  {
    id: "B08",
    source: chatml({
      generation: "{{ '<|im_start|>assistant\\n' if add_generation_prompt is not defined or add_generation_prompt }}",
    }),
    severity: "warning",
    says: /differ/,
  },
  { id: "B09", source: chatml({ close: "{{ '<|im_end|>' }}" }), severity: "warning", says: /white space differs/ },
];

describe("rules on boundaries", () => {
  itChecks({ rules, bad: BAD, good: chatml(), more: SOUND });

  it("B09 leaves other differences to other rules", async () => {
    const source = chatml({ close: "{{ '<|end|>' }}" });
    expect(await findingsOf(ruleOf(rules, "B09"), source, SOUND)).toEqual([]);
  });

  it("B04 is content with one of several markers behind an answer", async () => {
    const source = chatml({ close: "{{ '<|message_end|><|im_end|>\\n' }}" });
    expect(await findingsOf(ruleOf(rules, "B04"), source, SOUND)).toEqual([]);
  });

  it("B03 takes one begin token for one", async () => {
    expect(await findingsOf(ruleOf(rules, "B03"), chatml({ head: BOS }), SOUND)).toEqual([]);
  });
});
