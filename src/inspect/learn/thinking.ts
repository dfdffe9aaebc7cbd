import type { ParserSpec } from "../../types/index.ts";
import type { Answers } from "./answers.ts";
import { before, between, commonEnd, pieces } from "./edges.ts";
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
  if (!first) return undefined;
  const inAnswer = before(first.text, WORDS.reasoning).trim();
  const open = inAnswer === "" ? (pieces(first.opening).at(-1) ?? "") : inAnswer;
  const plain = before(answers.calls(PROBE_CALLS.one)?.text ?? "", WORDS.name);
  const toContent = spoken && between(spoken.text, WORDS.reasoning, WORDS.content);
  const toCall = called && between(called.text, WORDS.reasoning, WORDS.name);
  const close = [toContent && (pieces(toContent)[0] ?? ""), toCall && untilCall(toCall, plain, open)]
    .filter((text) => text !== undefined && text !== "")
    .sort((a, b) => a!.length - b!.length)[0];
  if (open === "" || close === undefined) return undefined;
  const rest = toContent?.trim().startsWith(close) ? toContent.trim().slice(close.length).trim() : "";
  return { thinking: { open: [open], close: [close] }, markers: rest === "" ? [] : [rest] };
}

/** What stands between reasoning and a call, without what opens the call there as in a message that has no reasoning. */
function untilCall(toCall: string, plain: string, open: string): string {
  if (plain.includes(open)) return pieces(toCall)[0] ?? "";
  return toCall.slice(0, toCall.length - commonEnd(toCall, plain).length).trim();
}
