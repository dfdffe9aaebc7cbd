import type { Answers } from "./answers.ts";
import { type ProbeCall, WORDS } from "./words.ts";

/** The texts that a notation is learned from: each shows one thing more than another. Undefined where the template refuses. */
export interface Probes {
  /** One call with one argument, which is a text. */
  readonly one: string;
  /** The same with another id. */
  readonly otherId: string | undefined;
  /** Two calls of two tools. */
  readonly two: string | undefined;
  /** One call with two texts as arguments. */
  readonly pair: string | undefined;
  /** One call without arguments. */
  readonly none: string | undefined;
  /** One call with a number as its argument. */
  readonly number: string | undefined;
  /** One call with a text that looks like markup: `MARKED`. */
  readonly marked: string | undefined;
}

/** The text of `Probes.marked`. */
export const MARKED = `<${WORDS.value}>`;

/** The number of `Probes.number`, and the key that it stands under. */
export const NUMBER = { key: "integer", value: 41237 } as const;

const text: ProbeCall = { name: WORDS.name, input: { [WORDS.key]: WORDS.value } };

/** The calls of each probe. */
export const PROBE_CALLS = {
  one: [text],
  two: [text, { name: WORDS.otherName, input: { [WORDS.key]: WORDS.otherValue } }],
  pair: [{ name: WORDS.name, input: { [WORDS.key]: WORDS.value, [WORDS.otherKey]: WORDS.otherValue } }],
  none: [{ name: WORDS.name, input: {} }],
  number: [{ name: WORDS.name, input: { [NUMBER.key]: NUMBER.value } }],
  marked: [{ name: WORDS.name, input: { [WORDS.key]: MARKED } }],
} as const satisfies Readonly<Record<string, readonly ProbeCall[]>>;

/** Renders the probes; undefined where not even one call is shown with its name and its argument. */
export function probe(answers: Answers): Probes | undefined {
  const shown = (calls: readonly ProbeCall[]): string | undefined => {
    const answer = answers.calls(calls)?.text;
    return answer !== undefined && calls.every((call) => showsCall(answer, call)) ? answer : undefined;
  };
  const one = shown(PROBE_CALLS.one);
  if (one === undefined) return undefined;
  const second = answers.calls([PROBE_CALLS.two[1], text])?.text;
  return {
    one,
    otherId: second?.includes(WORDS.name) ? second.slice(second.indexOf(WORDS.otherValue)) : undefined,
    two: shown(PROBE_CALLS.two),
    pair: shown(PROBE_CALLS.pair),
    none: shown(PROBE_CALLS.none),
    number: shown(PROBE_CALLS.number),
    marked: shown(PROBE_CALLS.marked),
  };
}

function showsCall(text: string, { name, input }: ProbeCall): boolean {
  return (
    text.includes(name) &&
    Object.entries(input).every(([key, value]) => text.includes(key) && text.includes(String(value)))
  );
}
