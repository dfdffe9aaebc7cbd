import { isDeepStrictEqual } from "node:util";
import type { RoundTrip, Said, SaidCall } from "./parsers-round-trip.ts";

/** What a template drops or changes of the last assistant message; the rule of templates-inspect.md §4 behind it. */
export const LOSSES = {
  refused: "takes no conversation that ends with the assistant (F11)",
  calls: "shows no calls of the history (T02)",
  "calls beside words": "drops the calls beside words (T06)",
  parallel: "shows one call of several, or refuses them (T07)",
  values: "writes values that are no text so that they cannot be told apart (T14)",
  escapes: "writes quotes, backslashes or line breaks inside quotes as they are (F08)",
  "words as code": "shows the words beside calls between the markers of code (F06)",
  "words of calls": "drops the words beside calls (F06)",
  "words as reasoning": "shows the words beside calls as reasoning (R09)",
  "words of reasoning": "drops the words of an answer with reasoning (R09)",
  "reasoning of answers": "drops the reasoning of an answer in words (§2.4, K04)",
  "reasoning of calls": "drops the reasoning before calls (§2.4, R01)",
  start: "the prompt's end is not in the finished message (§2.4, K01)",
  broken: "cannot be read back",
} as const;

export type Loss = keyof typeof LOSSES;

const write = (content: string): SaidCall => ({ name: "write", input: { path: "Pathwordzq", content } });
const call = write('a <b> "c"\n  d');
const typed: SaidCall = {
  name: "set_values",
  input: { count: 3, share: 0.25, strict: true, names: ["Namewordzq", "b"] },
};

const words = "Contentwordzq.";
const thoughts = "Reasonwordzq\nzq.";

const SHAPES = {
  words: { content: words, reasoning: "", calls: [] },
  reasoning: { content: words, reasoning: thoughts, calls: [] },
  call: { content: "", reasoning: "", calls: [call] },
  typed: { content: "", reasoning: "", calls: [typed] },
  wordsOfCall: { content: words, reasoning: "", calls: [call] },
  reasoningOfCall: { content: "", reasoning: thoughts, calls: [call] },
  two: { content: "", reasoning: "", calls: [call, typed] },
  all: { content: words, reasoning: thoughts, calls: [call, call] },
} as const satisfies Record<string, Said>;

/** Finds out what a template loses, by a few plain messages; `broken` where that does not explain what comes back. */
export function lossesOf(trip: RoundTrip): Loss[] {
  const raw = (shape: keyof typeof SHAPES): string | undefined => trip.render(SHAPES[shape])?.raw;
  if (raw("words") === undefined) return ["refused"];
  const losses = new Set<Loss>();
  const lacks = (shape: keyof typeof SHAPES, what: string): boolean => raw(shape)?.includes(what) !== true;
  if (lacks("call", "Pathwordzq")) losses.add("calls");
  else {
    if (!isDeepStrictEqual(parsed(trip, SHAPES.typed)?.calls, SHAPES.typed.calls)) losses.add("values");
    if (!comesBack(trip, { ...SHAPES.call, calls: [write(`q"q'q\\nq\\q\nq`)] })) losses.add("escapes");
    if (!lacks("wordsOfCall", words) && !comesBack(trip, { ...SHAPES.wordsOfCall, content: CODE })) {
      losses.add("words as code");
    }
    if (lacks("two", "Pathwordzq") || lacks("two", "Namewordzq")) losses.add("parallel");
    const beside = parsed(trip, SHAPES.wordsOfCall);
    if (lacks("wordsOfCall", words)) losses.add("words of calls");
    else if (beside?.reasoning === words) losses.add("words as reasoning");
    if (trip.thinks && lacks("reasoningOfCall", "Reasonwordzq")) losses.add("reasoning of calls");
  }
  if (!losses.has("calls") && lacks("wordsOfCall", "Pathwordzq")) losses.add("calls beside words");
  if (trip.thinks && lacks("reasoning", "Reasonwordzq")) losses.add("reasoning of answers");
  if (lacks("reasoning", words)) losses.add("words of reasoning");
  if (Object.values(SHAPES).some((said) => trip.render(said)?.extra)) losses.add("start");
  const found = [...losses];
  const isExplained = Object.values(SHAPES).every((said) => faultOf(trip, said, found) === undefined);
  return isExplained ? found : [...found, "broken"];
}

const WORDS_BESIDE: readonly Loss[] = ["words of calls", "words as reasoning", "words as code"];

/** The message as a template with these losses can show it. */
export function lossy({ content, reasoning, calls }: Said, losses: readonly Loss[], thinks: boolean): Said {
  const has = (loss: Loss): boolean => losses.includes(loss);
  const kept =
    has("calls") || (content !== "" && has("calls beside words"))
      ? []
      : calls.filter(({ name }) => !has("values") || name === "write");
  const all = has("parallel") ? kept.slice(0, 1) : kept;
  const beside = all.length > 0 && content !== "";
  const drops = has(all.length > 0 ? "reasoning of calls" : "reasoning of answers");
  const dropsWords =
    (beside && WORDS_BESIDE.some(has)) || (reasoning !== "" && all.length === 0 && has("words of reasoning"));
  return {
    content: dropsWords ? "" : content,
    reasoning: !thinks || drops ? "" : reasoning,
    calls: all,
  };
}

/** Why a message does not come back as it was, up to these losses; undefined where it does, or says nothing then. */
export function faultOf(trip: RoundTrip, said: Said, losses: readonly Loss[]): string | undefined {
  const expected = lossy(said, losses, trip.thinks);
  if (expected.content === "" && expected.calls.length === 0) return undefined;
  const rendered = trip.render(expected);
  if (!rendered) return "refused";
  const got = trip.parse(rendered);
  if (!isDeepStrictEqual(got, expected)) {
    return `${JSON.stringify(got)} in place of ${JSON.stringify(expected)}, of ${JSON.stringify(rendered.raw)}`;
  }
  if (rendered.extra !== "" && !losses.includes("start"))
    return `the prompt ends with ${JSON.stringify(rendered.extra)}`;
  const again = trip.render(got)?.whole;
  return again === rendered.whole ? undefined : `rendered again: ${JSON.stringify(again?.slice(-300))}`;
}

/** Words that would be a call between markers of calls. */
const CODE = '{"a": 1}';

const comesBack = (trip: RoundTrip, said: Said): boolean => isDeepStrictEqual(parsed(trip, said)?.calls, said.calls);

function parsed(trip: RoundTrip, said: Said): Said | undefined {
  const rendered = trip.render(said);
  return rendered && trip.parse(rendered);
}
