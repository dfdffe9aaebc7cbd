import { conversations } from "../conversations.ts";
import { textOf } from "../differences.ts";
import type { Rule } from "../rule.ts";

export const T12: Rule = {
  id: "T12",
  title: "the list of tools stays where it is",
  severity: "warning",
  about:
    "A tool list that stands before the last user message moves with every turn, and everything behind its old place is read again. A " +
    "conversation of two turns with tools is rendered; the list must stand before the first answer.",
  fix: "print the tools once, before the first message",
  sources: [],
  needs: [],
  check(subject) {
    const first = textOf(subject.render(conversations.toolsWithSystem));
    const later = textOf(subject.render(conversations.toolsLater));
    if (!first.includes("TOOLDESCZQ") || !later.includes("ANSWERZQ")) return [];
    const place = later.indexOf("TOOLDESCZQ");
    const fixture = conversations.toolsLater.name;
    if (place < 0) return [{ message: "the list of tools is gone after the first turn", fixture }];
    if (place < later.indexOf("ANSWERZQ")) return [];
    return [{ message: "the list of tools moves behind the first answer", fixture }];
  },
};
