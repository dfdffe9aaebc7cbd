import { describe, expect, it } from "vitest";
import { corpusCases, isComparable } from "../../bench/support/corpus/cases.ts";
import { factsOf, mismatch, parseCase } from "../../bench/support/corpus/facts.ts";
import { specForTemplate, unknownSpec } from "../../src/parsers/index.ts";
import { parserSpecSchema } from "../../src/types/parser-spec.ts";
import { describeCorpora } from "../support/corpora.ts";

/** Templates of each kind, and the family whose markers stand in them; undefined where they teach no calls. */
const TEMPLATES: Readonly<Record<string, string | undefined>> = {
  "Apertus-8B-Instruct.jinja": "apertus-json",
  "ByteDance-Seed-OSS.jinja": "seed-xml",
  "CohereForAI-c4ai-command-r7b-12-2024-tool_use.jinja": "command-r",
  "GLM-4.6.jinja": "glm-xml",
  "MiniMax-M2.jinja": "minimax-m2-xml",
  "NVIDIA-Nemotron-3-Nano-30B-A3B-BF16.jinja": "qwen3-coder-xml",
  "NVIDIA-Nemotron-Nano-v2.jinja": "nemotron-toolcall-json",
  "Qwen-Qwen2.5-7B-Instruct.jinja": "hermes-json",
  "Qwen-Qwen3-0.6B.jinja": "hermes-json",
  "Qwen3-Coder.jinja": "qwen3-coder-xml",
  "Qwen3.5-4B.jinja": "qwen3-coder-xml",
  "deepseek-ai-DeepSeek-R1-Distill-Qwen-32B.jinja": "deepseek-v3-json",
  "google-gemma-4-31B-it.jinja": "gemma4-call",
  "hfjs-zai-org-GLM-5.1.jinja": "glm-xml",
  "meta-llama-Llama-3.1-8B-Instruct.jinja": "llama3",
  "mistralai-Mistral-Nemo-Instruct-2407.jinja": "mistral",
  "moonshotai-Kimi-K2.jinja": "kimi-k2",
  "openai-gpt-oss-120b.jinja": "harmony",
  "openbmb-MiniCPM5-1B.jinja": "minicpm5-xml",
  "vllm-tool_chat_template_functiongemma.jinja": "functiongemma-call",
  "vllm-tool_chat_template_granite.jinja": "granite",
  "google-gemma-2-2b-it.jinja": undefined,
  "vllm-template_chatml.jinja": undefined,
  "microsoft-Phi-3.5-mini-instruct.jinja": undefined,
};

describe("the family of a template", () => {
  it.each([
    ["{{ m }}<tool_call>{{ call | tojson }}</tool_call>", "hermes-json"],
    ["<tool_call>\n<function={{ name }}>\n<parameter={{ key }}>", "qwen3-coder-xml"],
    ["<tool_call>{{ name }}<arg_key>{{ key }}</arg_key>", "glm-xml"],
    [
      "{% set dsml = '｜DSML｜' %}{{ '<' ~ dsml ~ 'tool_calls>' }}{{ '<' + dsml + 'invoke name=\"' + name }}",
      "deepseek-dsml",
    ],
    ["<|start|>assistant<|channel|>final<|message|>", "harmony"],
    ["{{ messages }}", undefined],
    ["", undefined],
  ])("%j is %s", (template, family) => expect(specForTemplate(template)?.id).toBe(family));
});

describe("an unknown model", () => {
  it("is read by data like every other", () => {
    expect(parserSpecSchema.parse(JSON.parse(JSON.stringify(unknownSpec)))).toEqual(unknownSpec);
  });
});

describeCorpora("the corpus", (templates) => {
  it("has templates whose family is the one whose markers stand in them", () => {
    const found = templates
      .filter(({ file }) => file in TEMPLATES)
      .map(({ file, source }) => [file, specForTemplate(source)?.id]);
    expect(Object.fromEntries(found)).toStrictEqual(TEMPLATES);
  });

  it("has answers of which at least 1137 of 1198 are understood with their family hidden", () => {
    const cases = corpusCases().filter(isComparable);
    const passed = cases.filter((one) => mismatch(one, factsOf(parseCase(one, unknownSpec))) === undefined);
    process.stdout.write(`corpus, families hidden: ${passed.length} of ${cases.length}\n`);
    expect(cases.length).toBeGreaterThanOrEqual(1198);
    expect(passed.length).toBeGreaterThanOrEqual(1137);
  });
});
