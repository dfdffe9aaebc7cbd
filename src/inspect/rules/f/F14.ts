import { conversations } from "../conversations.ts";
import { textOf } from "../differences.ts";
import type { Conversation, Finding, Rule, Subject } from "../rule.ts";
import { showsCalls } from "../shows-calls.ts";
import { type TurnMarkers, turnMarkers } from "./turn-markers.ts";

const SHAPES: readonly Conversation[] = [
  conversations.emptyAssistant,
  conversations.reasoned,
  conversations.twoAssistants,
];
const SHAPES_WITH_CALLS: readonly Conversation[] = [
  conversations.called,
  conversations.calledAndAnswered,
  conversations.calledTwice,
  conversations.contentBesideCall,
  conversations.parallelTools,
  conversations.emptyResult,
  conversations.userAfterResult,
];

export const F14: Rule = {
  id: "F14",
  title: "every turn is opened and closed",
  severity: "error",
  about:
    "A turn that is closed twice, or opened while the last one still is open, is a sequence that the model never saw in training. The " +
    "markers are learned from plain conversations; those with calls, reasoning and empty messages must use them by turns.",
  fix: "print the end marker in the same branch as the start marker",
  sources: ["google/gemma-4-31B-it discussion #62", "mlx-vlm #1033", "vmlx-swift #146"],
  needs: [],
  check(subject) {
    const markers = turnMarkers(subject);
    if (!markers) return [];
    const shapes = showsCalls(subject) ? [...SHAPES, ...SHAPES_WITH_CALLS] : SHAPES;
    const found = shapes.flatMap((shape): readonly Finding[] => {
      const { left } = turnsOf(textOf(subject.render(shape, { generate: "absent" })), markers);
      const message = left ?? outside(subject, shape, markers);
      return message === undefined ? [] : [{ message, fixture: shape.name }];
    });
    return found.slice(0, 1);
  },
};

/** Says so where the model would have to write outside of any turn, though it does not in a plain conversation. */
function outside(subject: Subject, shape: Conversation, markers: TurnMarkers): string | undefined {
  const plain = turnsOf(textOf(subject.render(conversations.plain)), markers);
  const prompt = textOf(subject.render(shape));
  if (prompt === "" || !plain.isOpen || turnsOf(prompt, markers).isOpen) return undefined;
  return `the prompt ends outside of any turn: ${JSON.stringify(prompt.slice(-40))}`;
}

/** A turn may be closed by a marker of its own kind (`<|call|>`), so only text right before the next turn counts as left open. */
function turnsOf(text: string, { open, close }: TurnMarkers): { readonly isOpen: boolean; readonly left?: string } {
  let isOpen = false;
  let after = 0;
  for (;;) {
    const opened = text.indexOf(open, after);
    const closed = text.indexOf(close, after);
    if (opened < 0 && closed < 0) return { isOpen };
    const isOpening = closed < 0 || (opened >= 0 && opened < closed);
    const at = isOpening ? opened : closed;
    const before = JSON.stringify(text.slice(Math.max(0, at - 40), at));
    if (isOpening && isOpen && /[\p{L}\p{N}.]\s*$/u.test(text.slice(after, at))) {
      return { isOpen, left: `${open} after ${before} while a turn is open` };
    }
    if (!isOpening && !isOpen) return { isOpen, left: `${close} after ${before} without a turn that is open` };
    isOpen = isOpening;
    after = at + (isOpening ? open : close).length;
  }
}
