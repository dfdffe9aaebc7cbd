import { textOf } from "../differences.ts";
import type { Conversation, Subject } from "../rule.ts";
import { call, calling, result, system, user, WEATHER } from "../words.ts";

/** Takes the place of a word, to see what the prompt is without it. */
const NOTHING = "NOTHINGZQ";

/** Whose message a word may stand in. */
export type Speaker = "the system message" | "a user's text" | "a tool's result";

const SPEAKERS: readonly { readonly speaker: Speaker; readonly holding: (text: string) => Conversation }[] = [
  { speaker: "the system message", holding: (text) => speaking([system(text), user("ASKZQ")]) },
  { speaker: "a user's text", holding: (text) => speaking([user(text)]) },
  {
    speaker: "a tool's result",
    holding: (text) => ({
      ...speaking([
        user("ASKZQ"),
        calling([call("get_weather_zq", { city_zq: "PARISZQ" })]),
        result(text, "get_weather_zq"),
      ]),
      tools: [WEATHER],
    }),
  },
];

/** In whose messages a word, alone or inside a text, changes the prompt around it. */
export function switchedBy(subject: Subject, word: string): readonly Speaker[] {
  return SPEAKERS.flatMap(({ speaker, holding }) => {
    const isSwitched = [(text: string) => text, (text: string) => `TEXTZQ ${text} ENDZQ`].some((around) => {
      const [given, without] = [word, NOTHING].map((text) => textOf(subject.render(holding(around(text)))));
      // White space at the word's edges may be cut away with that of the message.
      const likely = [word, word.trim()].map((text) => without!.replaceAll(NOTHING, text));
      return given !== "" && without !== "" && !likely.includes(given!);
    });
    return isSwitched ? [speaker] : [];
  });
}

function speaking(messages: Conversation["messages"]): Conversation {
  return { name: "a switch in a message", messages };
}
