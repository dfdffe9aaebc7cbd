import type { Rule } from "../rule.ts";
import { contentTests } from "./content-tests.ts";
import { switchedBy } from "./switching.ts";

export const X11: Rule = {
  id: "X11",
  title: "text does not switch the template",
  severity: "info",
  about:
    "Some templates turn thinking on and off at words such as /no_think inside messages; a file or web page with such a word then switches " +
    "the model. Words that the template looks for in content are put into each kind of message, and the prompt is compared.",
  fix: "set thinking by the template's variable, and take the words out of texts of others",
  sources: [],
  needs: [],
  check(subject) {
    const words = [...new Set(contentTests(subject).map(({ literal }) => literal))].filter(isSwitch);
    return words.flatMap((word) =>
      switchedBy(subject, word).map((speaker) => ({
        message: `${word} in ${speaker} changes the prompt`,
        ...(speaker === "a tool's result" && { severity: "security" as const }),
      })),
    );
  },
};

/** True for words that are meant as switches. */
export const isSwitch = (literal: string) => /^\/\w+$|think[_-]?(?:on|off)/i.test(literal.trim());
