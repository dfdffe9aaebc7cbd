import { joinSegments, type Segment, sliceSegments } from "../../templates/index.ts";
import { type Backend, type GeneratedAnswer, HalterError, type TokenReading } from "../../types/index.ts";
import { align, type Element } from "./align.ts";
import { countDifferent } from "./differences.ts";
import { placeAnswers } from "./earlier.ts";
import { addAnswer, countKept, type Known, type KnownToken } from "./known.ts";
import { inputRanges, layOut, touches } from "./lay-out.ts";
import { type AddedTokens, looksAdded, type TokenReader } from "./learn.ts";

export { type AddedTokens, learnTokens, looksAdded } from "./learn.ts";

/** What was done to make a prompt's ids. */
export interface IdsReport {
  readonly tokens: number;
  /** Those taken over from the last prompt and its answer. */
  readonly kept: number;
  /** Token texts in the input that were read as plain text in two pieces, each once; control tokens are not among them. */
  readonly split: readonly string[];
  /** New tokens that the server would not have made of the text by itself; undefined where it was not asked. */
  readonly differing: number | undefined;
}

type Waiting = Pick<TokenReading, "signal" | "onWaiting">;

interface PromptOptions extends Waiting {
  /** Trusted text after the prompt that the answer begins with. */
  readonly opener?: string;
  /** The end of every prompt of the thread. */
  readonly generationPrompt?: string;
}

/** The prompts of a thread as token ids. */
export interface PromptIds {
  /** Throws `HalterError` `not_supported` where the server's tokens do not make up the text, and what the server throws. */
  of(
    segments: readonly Segment[],
    options?: PromptOptions,
  ): Promise<{ readonly ids: readonly number[]; readonly report: IdsReport }>;
  /** Takes in a piece of the answer to the prompt made last, with its ids as far as they are known. */
  answered(text: string, ids: readonly number[] | undefined): void;
}

interface PromptIdsOptions {
  /** Counts what the server would make of the text by itself. */
  readonly tokenize?: Backend["tokenize"] | undefined;
  /** What the model answered in an earlier process; the first prompt takes it in where it stands there. */
  readonly earlier?: readonly GeneratedAnswer[] | undefined;
}

/** How often a text is cut anew because a token was met that had not been known. */
const MAX_ROUNDS = 5;

/**
 * Makes prompts into token ids so that text of others can never become a control token: the template's control tokens are put in by id,
 * everything between them is read as plain text. What the server holds already keeps its ids, those that the model generated as well.
 */
export function createPromptIds(
  read: TokenReader,
  added: AddedTokens,
  { tokenize, earlier = [] }: PromptIdsOptions = {},
): PromptIds {
  const controlIds = new Set(added.control.values());
  const isMarker = (token: KnownToken) =>
    (token.id !== undefined && controlIds.has(token.id)) || added.always.has(token.text);
  let known: Known | undefined;

  /** Tokens of `open` and, after it, of what of the prompt is new; with the texts that were cut in two. */
  const readNew = async (
    open: readonly KnownToken[],
    segments: readonly Segment[],
    start: number,
    waiting: Waiting,
  ) => {
    const inputs = inputRanges(segments).map(([from, to]) => [from + start, to + start] as const);
    const first = open[0]?.start ?? start;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const { elements, split } = layOut(segments, added);
      const all = [...open.map(toElement), ...elements];
      if (all.length === 0) return { placed: [], split };
      const content = all.map(({ text, id }) => id ?? text);
      const placed = align(await read(content, { special: false, ...waiting }), all, first);
      if (!placed || placed.some(({ id, isGiven }) => !isGiven && controlIds.has(id))) throw unfit();
      const met = placed.filter(({ text, end, isGiven, ...token }) => {
        if (isGiven || end === undefined || !touches(inputs, token.start, end)) return false;
        return added.always.has(text) || looksAdded(text);
      });
      if (met.length === 0) return { placed, split };
      for (const { text } of met) added.always.add(text);
    }
    throw unfit();
  };

  /** What of a prompt is known already, and what of it has to be read. */
  const compare = (segments: readonly Segment[]) => {
    const text = segments.map((segment) => segment.text).join("");
    const kept = known?.tokens.slice(0, countKept(known, segments, isMarker)) ?? [];
    const start = kept.at(-1)?.end ?? 0;
    const gap = kept.findIndex(({ id }) => id === undefined);
    const open = gap < 0 ? [] : kept.splice(gap);
    return { segments, text, kept, open, start, unread: text.slice(open[0]?.start ?? start) };
  };

  /** Reads the rest, from when on the whole prompt is known. */
  const complete = async (compared: ReturnType<typeof compare>, openerLength: number, waiting: Waiting) => {
    const { segments, text, kept, open, start } = compared;
    const { placed, split } = await readNew(open, sliceSegments(segments, start), start, waiting);
    known = { text, segments, promptEnd: text.length - openerLength, tokens: [...kept, ...placed] };
    return { tokens: known.tokens, placed, split };
  };

  let unplaced = earlier;

  /** Goes through the prompts and answers of an earlier process as they came, as far as a prompt still shows them. */
  const takeEarlier = async (segments: readonly Segment[], generationPrompt: string, waiting: Waiting) => {
    try {
      const answered = { segments, generationPrompt, answers: unplaced };
      for (const { start, pieces } of await placeAnswers(read, answered, waiting)) {
        await complete(compare(sliceSegments(segments, 0, start)), 0, waiting);
        for (const { text, ids } of pieces) addAnswer(known!, text, ids);
      }
      unplaced = [];
    } catch (error) {
      known = undefined;
      if (!(error instanceof HalterError) || error.code !== "not_supported") throw error;
      unplaced = [];
    }
  };

  return {
    async of(prompt, { opener = "", generationPrompt = "", ...waiting } = {}) {
      if (unplaced.length > 0) await takeEarlier(prompt, generationPrompt, waiting);
      const compared = compare(joinSegments([...prompt, { text: opener, isInput: false }]));
      const { unread, kept } = compared;
      const naive = unread === "" ? undefined : tokenize?.(unread, true).catch(() => undefined);
      const { tokens, placed, split } = await complete(compared, opener.length, waiting);
      const ids = tokens.map(({ id }) => id!);
      if (added.bos !== undefined && ids[0] !== added.bos) ids.unshift(added.bos);
      const theirs = await naive;
      const ours = placed.map(({ id }) => id);
      const differing = theirs && countDifferent(ours, theirs);
      return { ids, report: { tokens: ids.length, kept: kept.length, split, differing } };
    },
    answered(text, ids) {
      if (known) addAnswer(known, text, ids);
    },
  };
}

const toElement = ({ id, text }: KnownToken): Element => ({ text, ...(id !== undefined && { id }) });

function unfit(): HalterError {
  return new HalterError("not_supported", "the server's tokens do not make up the prompt's text", {
    hint: "prompts go as text then; tokens that a file holds are read as tokens",
  });
}
