import { conversations } from "../conversations.ts";
import type { Conversation, Finding, RenderOptions, Rule, Subject } from "../rule.ts";
import { showsCalls } from "../shows-calls.ts";
import { ordinaryShapes } from "./shapes.ts";

/** The name of nothing between two markers, lines or brackets. */
const PLACEHOLDER = /(?:[>\]}\n]|: ?)(?:None|null|undefined|Undefined|\[object \w+\])(?=\s*(?:[<\n[]|$))/;
/** None of their values is empty, but for a missing content. */
const EXTRA = [conversations.reasonedCall, conversations.missingContent, conversations.emptyAssistant];
/** The other mode prints `None` where llama.cpp's prints nothing. */
const PYTHON: RenderOptions = { mode: "transformers" };
const WITHOUT_CALLS: readonly Conversation[] = [conversations.longTurns];
const WITH_CALLS: readonly Conversation[] = [conversations.longTurns, conversations.calledTwice, ...EXTRA];

export const F10: Rule = {
  id: "F10",
  title: "no word for nothing reaches the prompt",
  severity: "error",
  about:
    "`None`, `null` or `[object Map]` at the place of a missing value is read by the model as text, and copied. Conversations in which " +
    "nothing is null are rendered in both modes; such a word next to a marker is a leak unless the template itself has it.",
  fix: "test for the value before printing it",
  sources: [],
  needs: [],
  check: (subject) => leak(subject).slice(0, 1),
};

function leak(subject: Subject): readonly Finding[] {
  const hasCalls = showsCalls(subject);
  const found = [...ordinaryShapes(subject), ...(hasCalls ? EXTRA : [])].flatMap((shape) => leakIn(subject, shape, {}));
  const shapes = hasCalls ? WITH_CALLS : WITHOUT_CALLS;
  return [...found, ...shapes.flatMap((shape) => leakIn(subject, shape, PYTHON))];
}

function leakIn(subject: Subject, shape: Conversation, options: RenderOptions): readonly Finding[] {
  const outcome = subject.render(shape, options);
  const found = outcome.type === "text" ? PLACEHOLDER.exec(outcome.text) : null;
  if (!found || subject.source.includes(found[0].trim())) return [];
  return [{ message: `the prompt has ${JSON.stringify(found[0])} at the place of a value`, fixture: shape.name }];
}
