import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { runGoldens } from "../../bench/support/golden-run.ts";

const folder = mkdtempSync(path.join(tmpdir(), "halter-goldens-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inputs = `{"messages": [{"role": "user", "content": "hi"}], "tools": null, "add_generation_prompt": true,
  "kwargs": {"given": {"2": 1.0, "1": 9007199254740993}}, "eos_token": "</s>"}`;
const refused = (message: string) => `{"type": "TemplateError", "message": "${message}", "raised_by_template": true}`;

writeFileSync(
  path.join(folder, "a.jinja"),
  "{% if tools is none and bos_token is not defined %}{{ given | tojson }}{{ [true] }}{{ eos_token }}{% endif %}",
);
writeFileSync(path.join(folder, "b.jinja"), "{{ raise_exception('no') }}");
writeFileSync(
  path.join(folder, "a.json"),
  `[{"case": "both", "inputs": ${inputs}, "output": "{\\"2\\": 1.0, \\"1\\": 9007199254740993}[True]</s>",
     "llama_cpp": {"output": "{\\"2\\": 1, \\"1\\": 9007199254740993}True</s>"}},
    {"case": "wrong", "inputs": ${inputs}, "output": "hi"}]`,
);
writeFileSync(
  path.join(folder, "b.json"),
  `[{"case": "said", "inputs": ${inputs}, "error": ${refused("no")}},
    {"case": "said otherwise", "inputs": ${inputs}, "error": ${refused("never")}},
    {"case": "renders elsewhere", "inputs": ${inputs}, "error": ${refused("no")}, "llama_cpp": {"output": "x"}}]`,
);
writeFileSync(path.join(folder, "c.json"), `[{"case": "no template", "inputs": ${inputs}, "output": "hi"}]`);

it.each([
  ["transformers", ["both", "said", "renders elsewhere"]],
  ["llama.cpp", ["both", "said", "said otherwise"]],
] as const)("goldens are judged as %s has them", async (mode, equal) => {
  const results = await runGoldens({ folder, templates: folder, mode, engine: "own" });
  expect(results).toHaveLength(6);
  expect(results.filter((result) => result.equal).map((result) => result.case)).toEqual(equal);
  expect(results.find((result) => result.case === "no template")?.got.error).toContain("c.jinja");
});

it("can be run with the package's engine", async () => {
  const results = await runGoldens({ folder, templates: folder, mode: "transformers", engine: "hf" });
  expect(results.filter((result) => result.equal).map((result) => result.case)).toEqual(["said", "renders elsewhere"]);
});
