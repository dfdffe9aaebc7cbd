import { readFileSync } from "node:fs";
import path from "node:path";
import type { RenderValue } from "../../src/templates/engine.ts";
import { parseJson } from "../../src/templates/json.ts";

const corpora = path.join(
  process.env.HALTER_SHARED ?? path.join(import.meta.dirname, "..", "..", "..", "shared"),
  "corpora",
);

/** One entry of the corpus's list of templates, as far as tests use it. */
export interface CorpusTemplate {
  readonly file: string;
  readonly family: string;
}

/** One conversation and what llama.cpp's bare engine makes of it; `output` undefined where it fails. */
export interface Golden {
  readonly case: string;
  readonly variables: Readonly<Record<string, RenderValue>>;
  readonly output: string | undefined;
}

/** The corpus's templates; undefined where the corpora are absent. */
export function corpusTemplates(): readonly CorpusTemplate[] | undefined {
  try {
    return JSON.parse(readFileSync(path.join(corpora, "templates", "index.json"), "utf8")) as CorpusTemplate[];
  } catch {
    return undefined;
  }
}

export function corpusTemplateText(file: string): string {
  return readFileSync(path.join(corpora, "templates", file), "utf8");
}

/** Numbers and key order are read as they are written. */
export function goldensOf(templateFile: string): readonly Golden[] {
  const file = path.join(corpora, "template-goldens", templateFile.replace(/\.jinja$/, ".json"));
  const entries = parseJson(readFileSync(file, "utf8")) as readonly RenderValue[];
  return entries.map((entry) => {
    const { inputs, ...golden } = asRecord(entry);
    const { messages, tools, add_generation_prompt, kwargs, bos_token, eos_token } = asRecord(inputs);
    const llama = golden.llama_cpp === undefined ? golden : asRecord(golden.llama_cpp);
    return {
      case: String(golden.case),
      variables: {
        messages,
        tools,
        add_generation_prompt,
        documents: null,
        ...(bos_token === undefined ? {} : { bos_token }),
        ...(eos_token === undefined ? {} : { eos_token }),
        ...asRecord(kwargs),
      },
      output: llama.output as string | undefined,
    };
  });
}

function asRecord(value: RenderValue): Record<string, RenderValue> {
  if (value instanceof Map) return Object.fromEntries(value) as Record<string, RenderValue>;
  return { ...(value as Record<string, RenderValue>) };
}
