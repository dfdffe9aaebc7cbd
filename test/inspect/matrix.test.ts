import { describe, expect, it } from "vitest";
import { type Cell, SETTINGS, stabilityMatrix } from "../../src/inspect/matrix/index.ts";
import { createSubject } from "../../src/inspect/rules/subject.ts";
import { describeCorpora } from "../support/corpora.ts";

const matrixOf = async (source: string) => stabilityMatrix(await createSubject({ name: "template", source }));

/** A cell as the table writes it: `ok`, `-19` for a tail of that length, `deep`, `refused`. */
const shown = ({ stability, lost }: Cell) => (stability === "tail" ? `-${lost}` : stability);

const columns = (cells: readonly Cell[]) =>
  SETTINGS.map(({ name }) =>
    cells
      .filter(({ setting }) => setting === name)
      .map(shown)
      .join(" "),
  );

const ALL_OK = "ok ok ok ok ok ok";

/**
 * What was measured of these templates with llama.cpp's own engine: thinking on, off, preserved. gpt-oss stands in that table as it is
 * without the server's copy of the reasoning into `thinking`; with it the template drops the reasoning of a finished loop.
 */
const MEASURED: Readonly<Record<string, readonly [on: string, off: string, preserve: string]>> = {
  "Qwen-Qwen2.5-7B-Instruct": [ALL_OK, ALL_OK, ALL_OK],
  "Qwen3-Coder": [ALL_OK, ALL_OK, ALL_OK],
  "deepseek-ai-DeepSeek-V3.1": [ALL_OK, ALL_OK, ALL_OK],
  "Kimi-K2-Instruct": [ALL_OK, ALL_OK, ALL_OK],
  "moonshotai-Kimi-K2": [ALL_OK, ALL_OK, ALL_OK],
  "Kimi-K3": [ALL_OK, ALL_OK, ALL_OK],
  "MiniMax-M3": [ALL_OK, ALL_OK, ALL_OK],
  "openai-gpt-oss-120b": ["ok ok ok deep ok ok", ALL_OK, "ok ok ok deep ok ok"],
  "mistralai-Ministral-3-14B-Reasoning-2512": [ALL_OK, ALL_OK, ALL_OK],
  "poolside-Laguna-S-2.1": [ALL_OK, ALL_OK, ALL_OK],
  "Qwen-Qwen3-0.6B": ["ok ok ok deep ok ok", "-19 -17 -17 -19 -17 -19", "ok ok ok deep ok ok"],
  "Qwen3.5-4B": ["-8 ok ok deep ok deep", "-19 ok ok deep ok deep", "-8 ok ok deep ok deep"],
  "Qwen3.6-35B-A3B-upstream": ["-8 ok ok deep ok deep", "-19 ok ok deep ok deep", ALL_OK],
  "GLM-4.6": ["ok ok ok deep ok ok", ALL_OK, "ok ok ok deep ok ok"],
  "GLM-4.7-Flash": ["-6 ok ok deep -6 -6", ALL_OK, "ok ok ok ok -6 -6"],
  "MiniMax-M2": ["-8 ok ok deep -8 -8", "-8 -8 -8 -8 -8 -8", "-8 ok ok deep -8 -8"],
  "deepseek-ai-DeepSeek-V3.2": ["-6 ok ok deep ok deep", "-14 -14 -14 -14 -14 -14", "-6 ok ok deep ok deep"],
  "deepseek-ai-DeepSeek-V4": ["-6 ok ok ok ok ok", ALL_OK, ALL_OK],
  "Kimi-K2-Thinking": ["ok ok ok deep ok ok", ALL_OK, "ok ok ok deep ok ok"],
  "NVIDIA-Nemotron-3-Nano-30B-A3B-BF16": ["-1 ok ok deep -1 -1", ALL_OK, "ok ok ok ok -1 -1"],
  "ollama-gemma4_31b": ["ok ok ok deep -16 -18", "-28 -26 ok ok ok ok", "ok ok ok -18 -16 -18"],
  "Mistral-Small-3.2-24B-Instruct-2506": ["ok ok ok deep ok deep", "ok ok ok deep ok deep", "ok ok ok deep ok deep"],
  "tencent-Hy3": ["ok -19 -19 -19 ok ok", ALL_OK, "ok -19 -19 -19 ok ok"],
};

describeCorpora("the templates that were measured", (templates) => {
  const named = (name: string) => templates.find((template) => template.name === name)!;

  it.each(Object.keys(MEASURED))("%s", async (name) => {
    expect(columns(stabilityMatrix(await createSubject(named(name))))).toEqual(MEASURED[name]);
  });

  it.each([
    ["Qwen3.6-35B-A3B-upstream", "preserve_thinking", true],
    ["GLM-4.7-Flash", "clear_thinking", false],
    ["NVIDIA-Nemotron-3-Nano-30B-A3B-BF16", "truncate_history_thinking", false],
  ])("%s: %s mends what a new user message costs", async (name, variable, value) => {
    const cell = (await matrixOf(named(name).source)).find(({ id, setting }) => id === "P4" && setting === "on");
    expect(cell?.mend).toEqual({ name: variable, value });
  });
});

const LOOP = "{% for m in messages %}<{{ m.role }}>{{ m.content }}{{ m.tool_calls | tojson if m.tool_calls }}";

describe("stabilityMatrix", () => {
  it("is ok where the prompt only grows", async () => {
    const cells = await matrixOf(`${LOOP}{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}`);
    expect(columns(cells)).toEqual([ALL_OK, ALL_OK, ALL_OK]);
  });

  it("counts what opened the answer and is not rendered again as a tail", async () => {
    const cells = await matrixOf(`${LOOP}{% endfor %}{% if add_generation_prompt %}<assistant><think>{% endif %}`);
    expect(cells.find(({ id }) => id === "P1")).toMatchObject({ stability: "tail", lost: "<think>".length });
  });

  it("says deep where earlier messages change, and how much is lost", async () => {
    const cells = await matrixOf(
      `{{ messages | length }}${LOOP}{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}`,
    );
    const first = cells.find(({ id }) => id === "P1")!;
    expect(first).toMatchObject({ stability: "deep", difference: { at: 0 } });
    expect(first.lost).toBe("1<user>Which port does the server listen on?<assistant>".length);
  });

  it("names the variable that mends it, whatever it is called", async () => {
    const cells = await matrixOf(
      `{% if not keep_it %}{{ messages | length }}{% endif %}${LOOP}{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}`,
    );
    expect(cells[0]?.mend).toEqual({ name: "keep_it", value: true });
  });

  it("passes over a variable that mends nothing, and takes one that leaves a tail", async () => {
    const cells = await matrixOf(
      `{{ '!' if is_loud }}{% if not keep_it %}{{ messages | length }}{% endif %}${LOOP}{% endfor %}{% if add_generation_prompt %}<assistant><think>{% endif %}`,
    );
    expect(cells[0]).toMatchObject({ stability: "deep", mend: { name: "keep_it", value: true } });
  });

  it("takes no variable for a remedy that opens the answer otherwise", async () => {
    const cells = await matrixOf(
      `{% if not is_short %}{{ messages | length }}{% endif %}${LOOP}{% endfor %}{% if add_generation_prompt %}<assistant>{{ '<think></think>' if is_short }}{% endif %}`,
    );
    expect(cells[0]?.stability).toBe("deep");
    expect(cells[0]).not.toHaveProperty("mend");
  });

  it("says refused with the template's words", async () => {
    const cells = await matrixOf(
      `{% for m in messages %}{% if m.role == 'tool' %}{{ raise_exception('no tools here') }}{% endif %}{{ m.content }}{% endfor %}`,
    );
    expect(cells.find(({ id }) => id === "P2")).toMatchObject({ stability: "refused", refusal: "no tools here" });
    expect(cells.find(({ id }) => id === "P1")?.stability).not.toBe("refused");
  });
});
