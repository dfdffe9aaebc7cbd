import { textOf } from "../differences.ts";
import type { Subject } from "../rule.ts";
import { SYSTEM_MESSAGE, type TextPlace, TOOL_RESULT, USER_TEXT } from "./texts.ts";

/** Takes the place of a word, to see what the prompt is without it. */
const NOTHING = "NOTHINGZQ";

/** True for words that are meant as switches. */
export const isSwitch = (literal: string) => /^\/\w+$|think[_-]?(?:on|off)/i.test(literal.trim());

/** Where a word, alone or inside a text, changes the prompt around it. */
export function switchedBy(subject: Subject, word: string): readonly TextPlace[] {
  return [SYSTEM_MESSAGE, USER_TEXT, TOOL_RESULT].filter(({ holding }) =>
    [(text: string) => text, (text: string) => `TEXTZQ ${text} ENDZQ`].some((around) => {
      const [given, without] = [word, NOTHING].map((text) => textOf(subject.render(holding(around(text)))));
      // White space at the word's edges may be cut away with that of the message.
      const likely = [word, word.trim()].map((text) => without!.replaceAll(NOTHING, text));
      return given !== "" && without !== "" && !likely.includes(given!);
    }),
  );
}
