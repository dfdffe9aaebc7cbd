import type { Rule } from "../rule.ts";
import { contentTests } from "./content-tests.ts";
import { isSwitch, switchedBy } from "./switching.ts";

/** Words of a language, not a marker. */
const isProse = (text: string) => /[\p{L}]{3}/u.test(text) && !/[<>[\]|{}]/.test(text);
/** Keys of parts that lists of content are made of, and their kinds; a condition asks for them as such. */
const isPart = (text: string) =>
  /^(?:(?:input_)?(?:text|image|audio|video|file)(?:_url)?|parts|blocks|value|type)$/.test(text);

export const X02: Rule = {
  id: "X02",
  title: "no branch waits for certain words",
  severity: "security",
  about:
    "A poisoned template behaves well until somebody writes the words it waits for, and then adds instructions of its own. Conditions that " +
    "look for words in content are searched, and each word is written into messages to see whether the prompt changes.",
  fix: "do not use this template; take the one of the model's maker",
  sources: ["c4nary"],
  needs: [],
  check: (subject) =>
    contentTests(subject)
      .filter(({ literal }) => isProse(literal) && !isSwitch(literal) && !isPart(literal))
      .map(({ literal, span }) => {
        const [place] = switchedBy(subject, literal);
        const words = JSON.stringify(literal);
        if (place) return { message: `${words} in ${place.name} changes the prompt`, span };
        return { message: `a condition looks for ${words} in content`, span, severity: "warning" };
      }),
};
