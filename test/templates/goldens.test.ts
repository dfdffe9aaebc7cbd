import { describe, expect, it } from "vitest";
import { compileTemplate } from "../../src/templates/index.ts";
import { corpusTemplates, corpusTemplateText, goldensOf } from "../support/template-goldens.ts";

/** The clock of the corpus: 2026-01-15 00:00:00. */
const CLOCK = new Date(2026, 0, 15);

/** Shapes that llama-server rewrites before its engine sees them; the bare engine may differ there. */
const REWRITTEN = ["typed_parts", "tool_null_content"];

const FAMILIES =
  /^(Qwen|GLM|openai-gpt-oss|NVIDIA-Nemotron|StepFun|vllm-test-qwen|hfjs-zai-org|hfjs-Qwen|ollama-(qwen|nemotron))/;

describe("goldens of the families we have parsers for", () => {
  it("come out as llama.cpp's engine makes them", async ({ skip }) => {
    const templates = corpusTemplates();
    if (!templates) return skip("the corpora are absent");
    const results = await Promise.all(
      templates.filter(({ file }) => FAMILIES.test(file)).map(({ file }) => resultsOf(file)),
    );
    const all = results.flat();
    const wrong = all.filter(({ equal }) => !equal);
    console.log(`goldens: ${all.length - wrong.length} of ${all.length} equal`);
    expect(all.length).toBeGreaterThan(300);
    expect(wrong.filter(({ name }) => !REWRITTEN.some((shape) => name.endsWith(shape)))).toEqual([]);
  });
});

async function resultsOf(file: string) {
  const { program } = await compileTemplate(corpusTemplateText(file));
  return goldensOf(file).map((golden) => {
    const name = `${file} ${golden.case}`;
    try {
      const output = program.run(golden.variables, CLOCK);
      return { name, equal: output === golden.output };
    } catch (error) {
      return { name, equal: golden.output === undefined, error: String(error) };
    }
  });
}
