import { conversations } from "../conversations.ts";
import { textOf } from "../differences.ts";
import { between } from "../places.ts";
import type { Rule } from "../rule.ts";

export const F13: Rule = {
  id: "F13",
  title: "two assistant messages in a row stay apart",
  severity: "warning",
  about:
    "Text of two messages glued together is a word that nobody said. Two assistant messages in a row are rendered; between their words " +
    "there must be a marker, or white space at least.",
  fix: "close the turn after each message, or join the two with a line break before sending",
  sources: [],
  needs: [],
  check(subject) {
    if (between(textOf(subject.render(conversations.twoAssistants)), "LEFTZQ", "RIGHTZQ") !== "") return [];
    return [{ message: "two assistant messages are glued: LEFTZQRIGHTZQ", fixture: conversations.twoAssistants.name }];
  },
};
