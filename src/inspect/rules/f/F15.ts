import { conversations } from "../conversations.ts";
import type { Finding, Rule, Subject } from "../rule.ts";
import { showsCalls } from "../shows-calls.ts";
import { named, sentinelsOf } from "./sentinels.ts";
import { ordinaryShapes } from "./shapes.ts";

export const F15: Rule = {
  id: "F15",
  title: "messages stand in their order",
  severity: "error",
  about:
    "A message at another place than it was said at has another sense. The unique words of ordinary conversations must stand in the " +
    "prompt in the order of the messages. Where only system messages move, for instance into the last user message, it is a warning.",
  fix: "print messages in the order of the list",
  sources: [],
  needs: [],
  check(subject) {
    const more = showsCalls(subject) ? [conversations.parallelTools] : [];
    const shapes = [...ordinaryShapes(subject), conversations.twoSystems, ...more];
    const found = shapes.flatMap((shape) => displaced(subject, shape));
    const worst = found.find(({ severity }) => severity === undefined) ?? found[0];
    return worst ? [worst] : [];
  },
};

function displaced(subject: Subject, shape: Parameters<Subject["render"]>[0]): readonly Finding[] {
  const outcome = subject.render(shape);
  if (outcome.type === "refused") return [];
  const present = sentinelsOf(shape).filter(({ word }) => outcome.text.includes(word));
  const placed = present.toSorted((left, right) => outcome.text.indexOf(left.word) - outcome.text.indexOf(right.word));
  if (present.every((each, index) => each === placed[index])) return [];
  const said = (list: typeof present) =>
    list
      .filter(({ role }) => role !== "system")
      .map(({ word }) => word)
      .join();
  const isSystem = said(present) === said(placed);
  const message = `the messages stand as ${named(placed)}`;
  return [{ message, fixture: shape.name, ...(isSystem && { severity: "warning" as const }) }];
}
