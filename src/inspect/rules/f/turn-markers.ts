import { conversations } from "../conversations.ts";
import { markersOf } from "../places.ts";
import type { Conversation, Subject } from "../rule.ts";

/** The markers at the start and the end of every turn. */
export interface TurnMarkers {
  readonly open: string;
  readonly close: string;
}

const LEARNED_FROM: readonly Conversation[] = [conversations.plain, conversations.multiTurn, conversations.longTurns];

/**
 * Learns the two markers that stand between a question and its answer, and likewise between an answer and the next question. Undefined
 * where those differ (`[INST]` formats), or where even plain conversations do not use the two by turns.
 */
export function turnMarkers(subject: Subject): TurnMarkers | undefined {
  const texts: string[] = [];
  for (const conversation of LEARNED_FROM) {
    const outcome = subject.render(conversation, { generate: "absent" });
    if (outcome.type === "refused") return undefined;
    texts.push(outcome.text);
  }
  const afterQuestion = markersBehind(texts.at(-1)!, "ASKZQ");
  const [close, open] = afterQuestion;
  if (close === undefined || open === undefined || open === close) return undefined;
  const afterAnswer = markersBehind(texts.at(-1)!, "ANSWERZQ");
  if (afterAnswer[0] !== close || afterAnswer[1] !== open) return undefined;
  return texts.every((text) => isAlternating(markersOf(text), open, close)) ? { open, close } : undefined;
}

const markersBehind = (text: string, word: string) => markersOf(text.slice(text.indexOf(word) + word.length));

function isAlternating(markers: readonly string[], open: string, close: string): boolean {
  const both = markers.filter((each) => each === open || each === close);
  return both.length % 2 === 0 && both.every((each, index) => each === (index % 2 === 0 ? open : close));
}
