import { writeFileSync } from "node:fs";

/** What a tiny model should be; everything has a default but the template. */
export interface TinyGgufOptions {
  /** The Jinja chat template stored in the file. */
  readonly chatTemplate?: string;
  /** Further templates by name, such as `tool_use`. */
  readonly namedTemplates?: Readonly<Record<string, string>>;
  /** Text of the begin token; `<s>` by default. */
  readonly bos?: string;
  /** Text of the end token, at which generation stops; `</s>` by default. */
  readonly eos?: string;
  /** True where the tokenizer puts the begin token in front of every prompt by itself; false by default. */
  readonly addBos?: boolean;
  /** The same for the end token, after every prompt. */
  readonly addEos?: boolean;
  /** Further control tokens, such as `<|im_start|>`. */
  readonly specialTokens?: readonly string[];
  /** Trained context in tokens; 4096 by default. */
  readonly contextLength?: number;
  readonly name?: string;
}

const CHATML =
  "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}" +
  "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

const WIDTH = 64;
const HEADS = 2;
const LAYERS = 2;
const HIDDEN = 128;
const ALIGNMENT = 32;

/** Value types of GGUF version 3. */
const UINT32 = 4;
const INT32 = 5;
const FLOAT32 = 6;
const BOOL = 7;
const STRING = 8;
const ARRAY = 9;

/** Token kinds of `tokenizer.ggml.token_type`. */
const NORMAL = 1;
const UNKNOWN = 2;
const CONTROL = 3;
const BYTE = 6;

interface Token {
  readonly text: string;
  readonly kind: number;
}

/**
 * Writes a valid GGUF (version 3, architecture `llama`, two layers, random but fixed weights, byte-fallback vocabulary;
 * about half a megabyte) that a real engine loads in milliseconds. It talks nonsense, but templates, tokens, grammars,
 * slots and errors behave as with any model.
 */
export function writeTinyGguf(file: string, options: TinyGgufOptions = {}): void {
  const tokens = vocabulary(options);
  const metadata = [
    pair("general.architecture", STRING, text("llama")),
    pair("general.name", STRING, text(options.name ?? "tiny")),
    pair("general.alignment", UINT32, uint32(ALIGNMENT)),
    pair("llama.context_length", UINT32, uint32(options.contextLength ?? 4096)),
    pair("llama.embedding_length", UINT32, uint32(WIDTH)),
    pair("llama.block_count", UINT32, uint32(LAYERS)),
    pair("llama.feed_forward_length", UINT32, uint32(HIDDEN)),
    pair("llama.attention.head_count", UINT32, uint32(HEADS)),
    pair("llama.attention.head_count_kv", UINT32, uint32(HEADS)),
    pair("llama.rope.dimension_count", UINT32, uint32(WIDTH / HEADS)),
    pair("llama.attention.layer_norm_rms_epsilon", FLOAT32, float32([1e-5])),
    pair("llama.vocab_size", UINT32, uint32(tokens.length)),
    pair("tokenizer.ggml.model", STRING, text("llama")),
    array("tokenizer.ggml.tokens", STRING, tokens.length, Buffer.concat(tokens.map((token) => text(token.text)))),
    array("tokenizer.ggml.scores", FLOAT32, tokens.length, float32(tokens.map((_, index) => -index))),
    array("tokenizer.ggml.token_type", INT32, tokens.length, Buffer.concat(tokens.map((token) => uint32(token.kind)))),
    pair("tokenizer.ggml.unknown_token_id", UINT32, uint32(0)),
    pair("tokenizer.ggml.bos_token_id", UINT32, uint32(1)),
    pair("tokenizer.ggml.eos_token_id", UINT32, uint32(2)),
    pair("tokenizer.ggml.add_bos_token", BOOL, Buffer.from([options.addBos ? 1 : 0])),
    pair("tokenizer.ggml.add_eos_token", BOOL, Buffer.from([options.addEos ? 1 : 0])),
    pair("tokenizer.ggml.add_space_prefix", BOOL, Buffer.from([0])),
    pair("tokenizer.chat_template", STRING, text(options.chatTemplate ?? CHATML)),
    ...Object.entries(options.namedTemplates ?? {}).map(([name, template]) =>
      pair(`tokenizer.chat_template.${name}`, STRING, text(template)),
    ),
  ];
  const tensors = tensorShapes(tokens.length).map(([name, shape]) => ({ name, shape, data: weights(name, shape) }));
  let offset = 0;
  const descriptions = tensors.map(({ name, shape, data }) => {
    const description = Buffer.concat([
      text(name),
      uint32(shape.length),
      ...shape.map((size) => uint64(size)),
      uint32(0),
      uint64(offset),
    ]);
    offset += aligned(data.length);
    return description;
  });
  const head = Buffer.concat([
    Buffer.from("GGUF"),
    uint32(3),
    uint64(tensors.length),
    uint64(metadata.length),
    ...metadata,
    ...descriptions,
  ]);
  writeFileSync(file, Buffer.concat([padded(head), ...tensors.map(({ data }) => padded(data))]));
}

function vocabulary(options: TinyGgufOptions): Token[] {
  const specials = [...new Set(options.specialTokens ?? ["<|im_start|>", "<|im_end|>"])];
  const named = [options.bos ?? "<s>", options.eos ?? "</s>"];
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`);
  const letters = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
  return [
    { text: "<unk>", kind: UNKNOWN },
    ...named.map((name) => ({ text: name, kind: CONTROL })),
    ...bytes.map((byte) => ({ text: byte, kind: BYTE })),
    ...["\u2581", ...letters].map((letter) => ({ text: letter, kind: NORMAL })),
    ...specials.filter((special) => !named.includes(special)).map((special) => ({ text: special, kind: CONTROL })),
  ];
}

function tensorShapes(vocabularySize: number): [string, number[]][] {
  const layers = Array.from({ length: LAYERS }, (_, layer): [string, number[]][] => [
    [`blk.${layer}.attn_norm.weight`, [WIDTH]],
    [`blk.${layer}.attn_q.weight`, [WIDTH, WIDTH]],
    [`blk.${layer}.attn_k.weight`, [WIDTH, WIDTH]],
    [`blk.${layer}.attn_v.weight`, [WIDTH, WIDTH]],
    [`blk.${layer}.attn_output.weight`, [WIDTH, WIDTH]],
    [`blk.${layer}.ffn_norm.weight`, [WIDTH]],
    [`blk.${layer}.ffn_gate.weight`, [WIDTH, HIDDEN]],
    [`blk.${layer}.ffn_up.weight`, [WIDTH, HIDDEN]],
    [`blk.${layer}.ffn_down.weight`, [HIDDEN, WIDTH]],
  ]);
  return [
    ["token_embd.weight", [WIDTH, vocabularySize]],
    ["output_norm.weight", [WIDTH]],
    ["output.weight", [WIDTH, vocabularySize]],
    ...layers.flat(),
  ];
}

/** Norms are ones; everything else is the same small noise on every machine. */
function weights(name: string, shape: readonly number[]): Buffer {
  const count = shape.reduce((product, size) => product * size, 1);
  if (name.includes("norm")) return float32(new Array<number>(count).fill(1));
  let state = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  return float32(
    Array.from({ length: count }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state / 2 ** 32 - 0.5) / 4;
    }),
  );
}

function pair(key: string, type: number, value: Buffer): Buffer {
  return Buffer.concat([text(key), uint32(type), value]);
}

function array(key: string, type: number, count: number, values: Buffer): Buffer {
  return pair(key, ARRAY, Buffer.concat([uint32(type), uint64(count), values]));
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint64(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function float32(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes;
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}

function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc(aligned(data.length) - data.length)]);
}
