/** What the toy vocabulary is to have beside plain text. */
export interface ToyVocabularyOptions {
  /** Matched only where special tokens are read. */
  readonly control?: readonly string[];
  /** Matched in any text. */
  readonly always?: readonly string[];
  /** Put before the first text that is read with `add_special`. */
  readonly bos?: string;
  /** Put after it, a control token. */
  readonly eos?: string;
  /** A space stands before every text, as old SentencePiece vocabularies want it. */
  readonly spaceFirst?: boolean;
}

interface TokenizeBody {
  readonly content?: string | readonly (string | number)[];
  readonly parse_special?: boolean;
  readonly add_special?: boolean;
  readonly with_pieces?: boolean;
}

/** A vocabulary of a small server: plain text is cut into four bytes each, so that what stands side by side matters. */
export interface ToyVocabulary {
  /** The tokens of a `/tokenize`. */
  answer(body: TokenizeBody): readonly unknown[];
  ids(text: string, special: boolean): number[];
  /** The text of ids. */
  text(ids: readonly number[]): string;
  idOf(text: string): number | undefined;
}

const CONTROL = ["<|im_start|>", "<|im_end|>", "<|endoftext|>"];
const ALWAYS = ["<tool_call>", "</tool_call>", "</think>"];
/** Plain tokens have the ids from 0 on. */
const FIRST_CONTROL = 1_000_000;
const FIRST_ALWAYS = 2_000_000;
const PLAIN_BYTES = 4;

export function createToyVocabulary(options: ToyVocabularyOptions = {}): ToyVocabulary {
  const { always = ALWAYS, bos, eos, spaceFirst = false } = options;
  const control = [...new Set([...(options.control ?? CONTROL), ...[bos, eos].flatMap((text) => text ?? [])])];
  const added = new Map([
    ...control.map((text, index) => [text, FIRST_CONTROL + index] as const),
    ...always.map((text, index) => [text, FIRST_ALWAYS + index] as const),
  ]);
  const addedTexts = new Map([...added].map(([text, id]) => [id, text]));
  const plain: Buffer[] = [];
  const plainIds = new Map<string, number>();

  const plainId = (bytes: Buffer): number => {
    const key = bytes.toString("latin1");
    const known = plainIds.get(key);
    if (known !== undefined) return known;
    plainIds.set(key, plain.length);
    return plain.push(bytes) - 1;
  };

  const plainTokens = (text: string): number[] => {
    const bytes = Buffer.from(text);
    const count = Math.ceil(bytes.length / PLAIN_BYTES);
    return Array.from({ length: count }, (_, i) => plainId(bytes.subarray(i * PLAIN_BYTES, (i + 1) * PLAIN_BYTES)));
  };

  const ids = (text: string, special: boolean): number[] => {
    const matched = [...always, ...(special ? control : [])];
    const tokens: number[] = [];
    let start = 0;
    for (let at = 0; at < text.length; ) {
      const match = matched.find((marker) => text.startsWith(marker, at));
      if (match === undefined) {
        at += 1;
        continue;
      }
      tokens.push(...plainTokens(text.slice(start, at)), added.get(match)!);
      at += match.length;
      start = at;
    }
    tokens.push(...plainTokens(text.slice(start)));
    return tokens;
  };

  const bytesOf = (id: number) => plain[id] ?? Buffer.from(addedTexts.get(id) ?? "");
  const pieceOf = (id: number): string | number[] => {
    const bytes = bytesOf(id);
    const text = bytes.toString("utf8");
    return Buffer.from(text).equals(bytes) ? text : [...bytes];
  };

  return {
    ids,
    text: (tokens) => Buffer.concat(tokens.map(bytesOf)).toString("utf8"),
    idOf: (text) => added.get(text),
    answer({ content = [], parse_special: special = true, add_special: around = false, with_pieces: pieces = false }) {
      const elements = typeof content === "string" ? [content] : content;
      const aroundFirst = (tokens: readonly number[]) => [
        ...(bos === undefined ? [] : [added.get(bos)!]),
        ...tokens,
        ...(eos === undefined ? [] : [added.get(eos)!]),
      ];
      const tokens = elements.flatMap((element, index) => {
        const own = typeof element === "number" ? [element] : ids(spaceFirst ? ` ${element}` : element, special);
        return around && index === 0 ? aroundFirst(own) : own;
      });
      return pieces ? tokens.map((id) => ({ id, piece: pieceOf(id) })) : tokens;
    },
  };
}
