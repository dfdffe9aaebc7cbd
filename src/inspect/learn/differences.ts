import type { RenderValue } from "../../templates/index.ts";
import type { Answers } from "./answers.ts";
import { commonEnd, commonStart } from "./edges.ts";
import { PROBE_CALLS } from "./probes.ts";
import { WORDS } from "./words.ts";

/** Two renders that differ in one thing, cut to the assistant's part: `before`, then `without` or `with`, then `after`. */
export interface RenderDifference {
  readonly id: string;
  readonly about: string;
  readonly before: string;
  readonly without: string;
  readonly with: string;
  readonly after: string;
}

type Pair = readonly [string | undefined, string | undefined];

const REASONING = { reasoning_content: WORDS.reasoning };

/** What each pair shows, and the two texts; the names are those that llama.cpp's own learner uses. */
const PAIRS: readonly {
  readonly id: string;
  readonly about: string;
  readonly pair: (answers: Answers) => Pair;
}[] = [
  {
    id: "R1",
    about: "an answer without reasoning, and with it",
    pair: (answers) => [answers.words()?.text, answers.words(REASONING)?.text],
  },
  {
    id: "R2",
    about: "the opening of an answer, thinking off and on",
    pair: (answers) => [answers.opening({ enable_thinking: false }), answers.opening({ enable_thinking: true })],
  },
  {
    id: "R3",
    about: "reasoning before words, and before a call",
    pair: (answers) => [answers.words(REASONING)?.text, answers.calls(PROBE_CALLS.one, REASONING)?.text],
  },
  { id: "C1", about: "a message in words", pair: (answers) => [WORDS.content, answers.words()?.text] },
  {
    id: "T1",
    about: "words, and a call",
    pair: (answers) => [answers.words({}, true)?.text, answers.calls(PROBE_CALLS.one)?.text],
  },
  {
    id: "T2",
    about: "one call, and two of two tools (T3, T5: their names, what separates them)",
    pair: (answers) => [answers.calls(PROBE_CALLS.one)?.text, answers.calls(PROBE_CALLS.two)?.text],
  },
  {
    id: "T6",
    about: "a call without arguments, and with one",
    pair: (answers) => [answers.calls(PROBE_CALLS.none)?.text, answers.calls(PROBE_CALLS.one)?.text],
  },
  {
    id: "T7",
    about: "a call as the first and as the second of its message (its id differs)",
    pair: (answers) => {
      const twice = answers.calls([...PROBE_CALLS.one, ...PROBE_CALLS.one])?.text;
      const at = twice?.lastIndexOf(WORDS.name) ?? -1;
      const once = answers.calls(PROBE_CALLS.one)?.text;
      return [once?.slice(once.lastIndexOf(WORDS.name)), at < 0 ? undefined : twice?.slice(at)];
    },
  },
  {
    id: "A1",
    about: "one argument, and two",
    pair: (answers) => [answers.calls(PROBE_CALLS.one)?.text, answers.calls(PROBE_CALLS.pair)?.text],
  },
  ...(
    [
      ["A2", "a number", 41237],
      ["A3", "a truth value", true],
      ["A4", "null", null],
      ["A5", "a list", ["one", 2]],
      ["A6", "an object", { inner: "one" }],
      ["A7", "a text with quotes, a line break and a tag", 'a "b"\n<c>'],
    ] as const satisfies readonly (readonly [string, string, RenderValue])[]
  ).map(([id, what, value]) => ({
    id,
    about: `a text as argument, and ${what}`,
    pair: (answers: Answers): Pair => [
      answers.calls(PROBE_CALLS.one)?.text,
      answers.calls([{ name: WORDS.name, input: { [WORDS.key]: value } }])?.text,
    ],
  })),
];

/** All differences that the template shows; a pair of which one is refused is left out. */
export function differences(answers: Answers): readonly RenderDifference[] {
  return PAIRS.flatMap(({ id, about, pair }) => {
    const [without, more] = pair(answers);
    if (without === undefined || more === undefined || without === more) return [];
    const before = commonStart(without, more);
    const after = commonEnd(without.slice(before.length), more.slice(before.length));
    const middle = (text: string) => text.slice(before.length, text.length - after.length);
    return [{ id, about, before, without: middle(without), with: middle(more), after }];
  });
}
