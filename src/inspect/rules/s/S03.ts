import { textOf } from "../differences.ts";
import type { Conversation, Finding, Rule, Subject } from "../rule.ts";
import { offeringParameters, showsParameters } from "./schemas.ts";

const DESCRIBED = { description: "AMOUNTZQ of it" };
const SINGLE = offeringParameters("a parameter with a type", { amount_zq: { type: "integer", ...DESCRIBED } });
const SEVERAL = offeringParameters("a parameter with a list of types", {
  amount_zq: { type: ["integer", "null"], ...DESCRIBED },
});
const UNTYPED = offeringParameters("a parameter without a type", { amount_zq: DESCRIBED });

export const S03: Rule = {
  id: "S03",
  title: "a parameter may have several types or none",
  severity: "error",
  about:
    'Schemas say `"type": ["integer", "null"]` for what may be left out, and nothing at all for what may be anything. Templates that ' +
    "upper-case or compare the type fail on both, or print an empty one. Tools with either are rendered beside one with a plain type.",
  fix: "send one type for each parameter; in the template, ask `is string` before using the type",
  sources: ["Gemma 4 on Hugging Face, pull request #91", "lmstudio-bug-tracker #1749"],
  needs: [],
  check(subject) {
    if (!showsParameters(subject) || subject.render(SINGLE).type === "refused") return [];
    return [...typed(subject, SEVERAL, "several types"), ...typed(subject, UNTYPED, "no type")];
  },
};

function typed(subject: Subject, conversation: Conversation, what: string): readonly Finding[] {
  const outcome = subject.render(conversation);
  const fixture = conversation.name;
  if (outcome.type === "refused")
    return [{ message: `a parameter with ${what} is refused: ${outcome.message}`, fixture }];
  const left = instead(textOf(subject.render(SINGLE)), outcome.text);
  if (left === undefined || WELL_FORMED.test(left)) return [];
  const isVoid = VOID.test(left);
  const words = left === "" ? "an empty type" : isVoid ? `the type ${left}` : `${left} for its type, which is no JSON`;
  const severity = isVoid ? "warning" : "info";
  return [{ message: `a parameter with ${what} is printed with ${words}`, fixture, severity }];
}

/** Types that say nothing. */
const VOID = /^(None|null|undefined|)$/;
/** Several types as JSON, or with words between them. */
const WELL_FORMED = /"(integer|null)"|integer\W*[|,/ ]\W*null$/i;

/** What stands where the type would stand, if nothing else has changed and it is void or a list of the types. */
function instead(single: string, text: string): string | undefined {
  for (const { index: at, 0: type } of single.matchAll(/integer/gi)) {
    const before = single.slice(0, at);
    const after = single.slice(at + type.length);
    if (!text.startsWith(before) || !text.endsWith(after)) continue;
    const left = text.slice(before.length, text.length - after.length);
    if (VOID.test(left) || /integer.*null/i.test(left)) return left;
  }
  return undefined;
}
