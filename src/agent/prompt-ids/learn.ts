import type { Backend, Token } from "../../types/index.ts";
import { align } from "./align.ts";

export type TokenReader = NonNullable<Backend["tokens"]>;

/** What has to be known of a vocabulary before prompts can go as ids. */
export interface AddedTokens {
  /** Texts of control tokens that the template uses; they become tokens only where special tokens are read. */
  readonly control: ReadonlyMap<string, number>;
  /** Texts of tokens that are matched in any text (`<tool_call>`); it grows with what is met in prompts. */
  readonly always: Set<string>;
  /** The token that the model wants before every prompt. */
  readonly bos: number | undefined;
  /** Whether it wants an end token after every prompt, which a prompt that is to be answered must not have. */
  readonly wantsEos: boolean;
}

/** Template source, and literals that a prompt may hold though they do not stand there in one piece. */
interface TokenSources {
  readonly template: string;
  readonly literals: readonly string[];
  readonly bosToken: string;
  readonly eosToken: string;
}

/**
 * Whether a token's text has the look of an added token: a word in angle brackets, or a word of capitals in square ones (Mistral).
 * Vocabularies that split text before they merge have no other such tokens; in others (SentencePiece) `<td>` may be met too, and reads
 * the same in two pieces.
 */
export function looksAdded(text: string): boolean {
  return /^(?:<[^<>]*\p{L}[^<>]*>|\[\/?[A-Z][A-Z_ \d]*\])$/u.test(text);
}

/**
 * Finds the added tokens of a template: those that its source is cut into where special tokens are read, and that their own text does not
 * become where they are not. Undefined where the server's tokens do not make up the text they were made of.
 */
export async function learnTokens(
  read: TokenReader,
  sources: TokenSources,
  signal?: AbortSignal,
): Promise<AddedTokens | undefined> {
  const { bosToken, eosToken } = sources;
  const texts = [sources.template, ...sources.literals, bosToken, eosToken].filter((text) => text !== "");
  // What the model wants around a prompt stands around the first text alone: two lines of one token each keep it apart from the template's own.
  const whole = ["\n", "\n", ...texts];
  const around = await read(whole, { special: true, around: true, signal });
  const bos = around[0]?.piece === bosToken ? around[0].id : undefined;
  const behind = bos === undefined ? around : around.slice(1);
  const wantsEos = behind[1]?.piece === eosToken;
  const inner = behind.toSpliced(1, wantsEos ? 1 : 0);
  if (!align(inner, elementsOf(whole))) return undefined;
  const found = new Map(inner.flatMap((token) => (isCandidate(token) ? [[token.piece, token.id] as const] : [])));
  const alone = await readEach(read, [...found.keys()], signal);
  if (!alone) return undefined;
  return {
    control: new Map([...found].filter(([text]) => !alone.has(text))),
    always: new Set([...found.keys()].filter((text) => alone.has(text) && looksAdded(text))),
    bos,
    wantsEos,
  };
}

/** Of `texts` those that are one token where special tokens are not read. */
async function readEach(
  read: TokenReader,
  texts: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlySet<string> | undefined> {
  if (texts.length === 0) return new Set();
  const placed = align(await read(texts, { special: false, signal }), elementsOf(texts));
  if (!placed) return undefined;
  const pieces = new Set(placed.map(({ start, end }) => `${start} ${end}`));
  let start = 0;
  const single = texts.filter((text) => {
    const piece = `${start} ${start + text.length}`;
    start += text.length;
    return pieces.has(piece);
  });
  return new Set(single);
}

const elementsOf = (texts: readonly string[]) => texts.map((text) => ({ text }));

/** Words and white space are no added tokens. */
function isCandidate(token: Token): token is Token & { readonly piece: string } {
  return typeof token.piece === "string" && token.piece.length > 2 && /[^\s\p{L}\p{N}_]/u.test(token.piece);
}
