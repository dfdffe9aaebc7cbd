import { conversations } from "../conversations.ts";
import { textOf } from "../differences.ts";
import { between } from "../places.ts";
import type { Finding, Rule, Subject } from "../rule.ts";

/** An example of a call in JSON: a name and, right behind it, the key of the arguments. */
const JSON_EXAMPLE = /["']name["']\s*:\s*["'<$]?[^"',\n]{1,60}["'>]?\s*,\s*["'](arguments|parameters)["']\s*:/g;
/** The openings of notations for calls, without what names a tool. */
const OPENING =
  /<[|｜]?(?:tool[_▁]?calls?(?:[_▁]begin)?|function_calls?|function=|invoke)\b|<\|python_tag\|>|\[TOOL_CALLS\]|\bAction:/gi;

export const T18: Rule = {
  id: "T18",
  title: "instructions and history show calls in one format",
  severity: "warning",
  about:
    "Where the instructions teach one notation and earlier calls stand in the prompt in another, the model mixes them. The template's own " +
    "words on calls are taken from a render with tools, the notation from a call of the history; openings and keys are compared.",
  fix: "print calls of the history as the instructions show them",
  sources: [],
  needs: [],
  check(subject) {
    const called = between(textOf(subject.render(conversations.called)), "ASKZQ", "SUNNYZQ");
    if (!called?.includes("PARISZQ")) return [];
    const taught = instructions(subject);
    return [
      ...disagreement("call", openings(taught), openings(called)),
      ...disagreement("arguments", jsonKeys(taught), jsonKeys(called)),
    ].slice(0, 1);
  },
};

/** What the template itself says where there are tools; text of the tools is left out. */
function instructions(subject: Subject): string {
  const outcome = subject.render(conversations.tools);
  if (outcome.type === "refused") return "";
  return outcome.parts.map(({ text, path }) => (path === undefined ? text : "")).join("");
}

const openings = (text: string) => new Set([...text.matchAll(OPENING)].map(([opening]) => opening.toLowerCase()));
const jsonKeys = (text: string) => new Set([...text.matchAll(JSON_EXAMPLE)].map(([, key]) => key!));

function disagreement(what: string, taught: ReadonlySet<string>, shown: ReadonlySet<string>): readonly Finding[] {
  if (taught.size === 0 || shown.size === 0 || [...shown].some((each) => taught.has(each))) return [];
  const message = `the instructions write ${what} with ${[...taught].join(", ")}, the history with ${[...shown].join(", ")}`;
  return [{ message, fixture: conversations.called.name }];
}
