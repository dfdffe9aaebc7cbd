import type { Rule } from "../rule.ts";
import { contentTests } from "./content-tests.ts";
import { isSwitch, switchedBy } from "./switching.ts";
import { TOOL_RESULT } from "./texts.ts";

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
      switchedBy(subject, word).map((place) => ({
        message: `${word} in ${place.name} changes the prompt`,
        ...(place === TOOL_RESULT && { severity: "security" as const }),
      })),
    );
  },
};
