import { conversations } from "../conversations.ts";
import { FIXED_DAY } from "../day.ts";
import { firstDifference } from "../differences.ts";
import type { Finding, RenderOptions, Rule, Subject } from "../rule.ts";

const SHAPES = [conversations.plain, conversations.toolsWithSystem];
/** Four hours, some minutes and seconds later on the same day. */
const LATER: RenderOptions["now"] = {
  ...FIXED_DAY,
  getHours: () => 16,
  getMinutes: () => 37,
  getSeconds: () => 41,
};
/** Another weekday of another month and year. */
const ANOTHER_DAY: RenderOptions["now"] = {
  ...FIXED_DAY,
  getFullYear: () => 2027,
  getMonth: () => 10,
  getDate: () => 28,
  getDay: () => 0,
};

export const K05: Rule = {
  id: "K05",
  title: "the prompt does not depend on the clock",
  severity: "warning",
  about:
    "A date near the start of a prompt makes the server read everything again at midnight, a time makes it do so with every request. The same " +
    "conversation is rendered on two days, and twice on one day; what changes within the day is an error.",
  fix: "give the date yourself and keep it for the session (date_string in chat_template_kwargs), or put it into a message",
  sources: [],
  needs: [],
  check(subject) {
    const hourly = moving(subject, LATER);
    if (hourly) return [{ ...hourly, message: "the prompt changes with the time of day", severity: "error" }];
    const daily = moving(subject, ANOTHER_DAY);
    return daily ? [{ ...daily, message: "the prompt changes with the date" }] : [];
  },
};

function moving(subject: Subject, now: RenderOptions["now"]): Pick<Finding, "fixture" | "difference"> | undefined {
  for (const shape of SHAPES) {
    const before = subject.render(shape);
    const after = subject.render(shape, { ...(now && { now }) });
    if (before.type === "refused" || after.type === "refused") continue;
    const difference = firstDifference(before.text, after.text);
    if (difference) return { fixture: shape.name, difference };
  }
  return undefined;
}
