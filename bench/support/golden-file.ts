import { readFileSync } from "node:fs";
import type { RenderValue } from "../../src/templates/index.ts";
import { parseJson } from "../../src/templates/json.ts";

/** What an engine makes of a case: its text, or that it fails. */
export type Expected =
  | { readonly output: string; readonly error?: undefined }
  | {
      readonly output?: undefined;
      /** What the template itself says where it refuses; undefined where the engine fails, in whatever words. */
      readonly error: { readonly raised: string | undefined };
    };

/** One case of a golden file. */
export interface GoldenCase {
  readonly case: string;
  /** What the template is run with. */
  readonly variables: Readonly<Record<string, RenderValue>>;
  /** Python's Jinja2, set up as transformers does it. */
  readonly reference: Expected;
  /** llama.cpp's bare engine. */
  readonly llamaCpp: Expected;
}

/**
 * Reads a golden file: a JSON list of cases. Numbers keep their own text and objects the order of their keys.
 * Throws where the file is absent or no JSON.
 */
export function readGoldenFile(file: string): readonly GoldenCase[] {
  const entries = parseJson(readFileSync(file, "utf8")) as readonly RenderValue[];
  return entries.map((entry) => {
    const { inputs, ...golden } = asRecord(entry);
    const { messages, tools, add_generation_prompt, kwargs, bos_token, eos_token } = asRecord(inputs);
    const reference = expectedOf(golden);
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
      reference,
      llamaCpp: golden.llama_cpp === undefined ? bare(reference) : expectedOf(asRecord(golden.llama_cpp)),
    };
  });
}

/** Both engines fail there, but not always at the same place: the words are the reference's only. */
function bare(reference: Expected): Expected {
  return reference.error ? { error: { raised: undefined } } : reference;
}

function expectedOf({ output, error }: Record<string, RenderValue>): Expected {
  if (typeof output === "string") return { output };
  const { message, raised_by_template } = typeof error === "object" ? asRecord(error) : {};
  return { error: { raised: raised_by_template === true && typeof message === "string" ? message : undefined } };
}

function asRecord(value: RenderValue): Record<string, RenderValue> {
  if (value instanceof Map) return Object.fromEntries(value) as Record<string, RenderValue>;
  return { ...(value as Record<string, RenderValue>) };
}
