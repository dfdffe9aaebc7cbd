import type { ParserSpec } from "../../types/index.ts";
import type { Answers } from "./answers.ts";
import { before, between, commonEnd, commonStart, pieces } from "./edges.ts";
import { PROBE_CALLS } from "./probes.ts";
import { WORDS } from "./words.ts";

/** What was found about reasoning: its markers, and markers of the content behind it. */
export interface LearnedThinking {
  readonly thinking: NonNullable<ParserSpec["thinking"]>;
  readonly markers: readonly string[];
}

/** Compares messages with and without reasoning, and with calls behind it. Undefined where the template shows no reasoning. */
export function learnThinking(answers: Answers): LearnedThinking | undefined {
  const reasoning = { reasoning_content: WORDS.reasoning };
  const spoken = answers.words(reasoning);
  const called = answers.calls(PROBE_CALLS.one, reasoning);
  const shown = [spoken, called].filter((answer) => answer?.text.includes(WORDS.reasoning));
  const [first] = shown;
  if (!first) return learnFromOpenings(answers);
  const inAnswer = before(first.text, WORDS.reasoning).trim();
  const opening = first.opening.slice(0, first.opening.length - first.extra.length);
  const open = inAnswer === "" ? (pieces(opening).at(-1) ?? "") : inAnswer;
  const plain = before(answers.calls(PROBE_CALLS.one)?.text ?? "", WORDS.name);
  const toContent = spoken && between(spoken.text, WORDS.reasoning, WORDS.content);
  const toCall = called && between(called.text, WORDS.reasoning, WORDS.name);
  const close = [toContent && (pieces(toContent)[0] ?? ""), toCall && untilCall(toCall, plain, open)]
    .filter((text) => text !== undefined && text !== "")
    .sort((a, b) => a!.length - b!.length)[0];
  if (open === "" || close === undefined) return undefined;
  const rest = toContent?.trim().startsWith(close) ? toContent.trim().slice(close.length).trim() : "";
  const isControl = /^<[|｜]/.test(open);
  const [, marker, label] = /^(<[^<>\s]+>)(\w+)$/.exec(open) ?? [];
  return {
    thinking: {
      open: [marker ?? open],
      close: [close],
      ...(isControl && { anywhere: true }),
      ...(label !== undefined && { labels: [`${label}\n`] }),
    },
    markers: rest === "" ? [] : [rest],
  };
}

/** Variables that switch thinking, under every name that is common. */
const THINKING = ["enable_thinking", "thinking"];

/**
 * For templates that drop earlier reasoning: a tag that openings have where thinking is on alone, or off alone, or that a prompt opens
 * and the finished message does not have. Where one half of it is never shown, it is the same with a slash.
 */
function learnFromOpenings(answers: Answers): LearnedThinking | undefined {
  const switched = (on: boolean) => answers.opening(Object.fromEntries(THINKING.map((name) => [name, on]))) ?? "";
  const [on, off] = [switched(true), switched(false)];
  const shared = commonStart(on, off).length;
  const plain = answers.calls(PROBE_CALLS.one);
  const candidates = [on.slice(shared), off.slice(shared), plain?.extra ?? ""].flatMap(pieces);
  const tag = candidates.map((piece) => /^<\/?([\w:]+)>$/.exec(piece)?.[1]).find((found) => found !== undefined);
  return tag === undefined ? undefined : { thinking: { open: [`<${tag}>`], close: [`</${tag}>`] }, markers: [] };
}

/** What stands between reasoning and a call, without what opens the call there as in a message that has no reasoning. */
function untilCall(toCall: string, plain: string, open: string): string {
  if (plain.includes(open)) return pieces(toCall)[0] ?? "";
  return toCall.slice(0, toCall.length - commonEnd(toCall, plain).length).trim();
}
