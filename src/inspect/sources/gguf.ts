import path from "node:path";
import { type GgufValue, readGgufValues } from "../../servers/index.ts";
import type { GgufView, TokenKind } from "../rules/rule.ts";
import type { TemplateSource } from "./source.ts";

const TEMPLATE = "tokenizer.chat_template";
const TOKENS = "tokenizer.ggml.tokens";
const KINDS = "tokenizer.ggml.token_type";
const ENDS = ["eos", "eot", "eom"] as const;
const WANTED: readonly string[] = [TOKENS, KINDS, "tokenizer.chat_templates"];

/** Texts of tokens at which llama.cpp ends generation, whatever the file says (`llama-vocab.cpp`, the ids of end of generation). */
const END_TEXTS: ReadonlySet<GgufValue> = new Set([
  "<|eot_id|>",
  "<|im_end|>",
  "<|end|>",
  "<|return|>",
  "<|call|>",
  "<end_of_turn>",
  "<|endoftext|>",
  "<|eom_id|>",
  "<EOT>",
  "_<EOT>",
  "[EOT]",
  "<|end_of_text|>",
  "<end_of_utterance>",
]);

/** By number, from 1 (gguf.md, `tokenizer.ggml.token_type`). */
const KIND_NAMES: readonly TokenKind[] = ["normal", "unknown", "control", "user_defined", "unused", "byte"];

/** Reads the templates, tokens and kinds of tokens from a GGUF's head. Throws as `readGgufValues` does. */
export async function readGgufTemplate(file: string): Promise<TemplateSource & { readonly gguf: GgufView }> {
  const { values, damage } = await readGgufValues(file, (key) => WANTED.includes(key));
  const chatTemplate = textOf(values.get(TEMPLATE));
  const siblings = Object.fromEntries(
    [...values].flatMap(([key, value]) =>
      key.startsWith(`${TEMPLATE}.`) && typeof value === "string" ? [[key.slice(TEMPLATE.length + 1), value]] : [],
    ),
  );
  const tokens = listOf(values.get(TOKENS));
  const tokenId = (key: string) => Number(values.get(`tokenizer.ggml.${key}_token_id`) ?? -1);
  const ends = new Set(ENDS.map(tokenId));
  const addsBos = values.get("tokenizer.ggml.add_bos_token");
  const model = textOf(values.get("general.name"));
  return {
    name: path.basename(file),
    source: chatTemplate ?? "",
    bosToken: textOf(tokens[tokenId("bos")]),
    eosToken: textOf(tokens[tokenId("eos")]),
    siblings,
    endIds: [...tokens.keys()].filter((id) => ends.has(id) || END_TEXTS.has(tokens[id]!)),
    ...(model !== undefined && { model }),
    gguf: {
      file,
      architecture: textOf(values.get("general.architecture")) ?? "unknown",
      chatTemplate,
      addsBos: typeof addsBos === "boolean" ? addsBos : undefined,
      tokenKind: kindsOf(tokens, listOf(values.get(KINDS))),
    },
    ...(damage !== undefined && { damage: `${file} is not a whole GGUF file: ${damage}; only its template was read` }),
    notes: [],
  };
}

/** The table is made when a token is first asked for: a vocabulary has some hundred thousand. */
function kindsOf(tokens: readonly GgufValue[], kinds: readonly GgufValue[]): GgufView["tokenKind"] {
  let table: ReadonlyMap<GgufValue, TokenKind | undefined> | undefined;
  return (text) => {
    table ??= new Map(tokens.map((token, id) => [token, KIND_NAMES[Number(kinds[id] ?? 1) - 1]]));
    return table.get(text);
  };
}

function textOf(value: GgufValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function listOf(value: GgufValue | undefined): readonly GgufValue[] {
  return Array.isArray(value) ? (value as readonly GgufValue[]) : [];
}
