import type { Conversation, Finding, Rule, Subject } from "../rule.ts";
import { call, calling, result, user } from "../words.ts";
import { offeringParameters, showsParameters } from "./schemas.ts";

const NAMES = ["zeta_zq", "mu_zq", "alpha_zq"];
const FIRST = offeringParameters(
  "parameters in an order of their own",
  Object.fromEntries(NAMES.map((name) => [name, { type: "string", description: `of ${name.slice(0, -3)}` }])),
);
const LATER: Conversation = {
  ...FIRST,
  name: "the same parameters later",
  messages: [
    user("ASKZQ please"),
    calling([call("find_zq", Object.fromEntries(NAMES.map((name) => [name, `VALUE${name}`])))]),
    result("SUNNYZQ and warm", "find_zq"),
  ],
};

export const S07: Rule = {
  id: "S07",
  title: "keys keep their order",
  severity: "warning",
  about:
    "A model writes the arguments in an order of its own; a template that sorts them shows the call otherwise afterwards, so the prompt " +
    "cache ends there. Parameters and arguments that are out of alphabetical order are rendered, at once and after a call; an order that " +
    "changes from turn to turn is worse than a sorted one.",
  fix: "print with `tojson` as it is or `items`, not with `dictsort` or `sort_keys`",
  sources: [],
  needs: [],
  check(subject) {
    if (!showsParameters(subject)) return [];
    const shown = orderIn(subject, FIRST, (name) => `of ${name.slice(0, -3)}`);
    const later = orderIn(subject, LATER, (name) => `of ${name.slice(0, -3)}`);
    const given = orderIn(subject, LATER, (name) => `VALUE${name}`);
    const found: Finding[] = [];
    if (shown && later && shown !== later)
      found.push({ message: "the order of parameters is not the same in every turn", fixture: LATER.name });
    const sorted = [isOther(shown) && "parameters", isOther(given) && "arguments of calls"].filter(Boolean);
    if (sorted.length > 0)
      found.push({ message: `${sorted.join(" and ")} are sorted`, fixture: LATER.name, severity: "info" });
    return found;
  },
};

/** The names in the order of the prompt; undefined where one of them is not shown. */
function orderIn(subject: Subject, conversation: Conversation, wordOf: (name: string) => string): string | undefined {
  const outcome = subject.render(conversation);
  if (outcome.type === "refused") return undefined;
  const placed = NAMES.map((name) => ({ name, at: outcome.text.indexOf(wordOf(name)) }));
  if (placed.some(({ at }) => at < 0)) return undefined;
  return placed
    .sort((left, right) => left.at - right.at)
    .map(({ name }) => name)
    .join(" ");
}

const isOther = (order: string | undefined) => order !== undefined && order !== NAMES.join(" ");
