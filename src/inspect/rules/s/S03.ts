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
  const leaves = instead(textOf(subject.render(SINGLE)), outcome.text);
  if (leaves === undefined) return [];
  const words = leaves === "" ? "an empty type" : `the type ${leaves}`;
  return [{ message: `a parameter with ${what} is printed with ${words}`, fixture, severity: "warning" }];
}

/** Types that say nothing. */
const VOID = /^(None|null|undefined|)$/;

/** What stands where the type would stand, if it is void and nothing else has changed. */
function instead(single: string, text: string): string | undefined {
  for (const [found] of single.matchAll(/integer/gi)) {
    const [before, after] = splitAt(single, found);
    if (!text.startsWith(before) || !text.endsWith(after)) continue;
    const left = text.slice(before.length, text.length - after.length);
    if (VOID.test(left)) return left;
  }
  return undefined;
}

/** Around the last occurrence: instructions come first and may use the word too. */
function splitAt(text: string, word: string): readonly [string, string] {
  const at = text.lastIndexOf(word);
  return [text.slice(0, at), text.slice(at + word.length)];
}
