import { conversations } from "../conversations.ts";
import { textOf } from "../differences.ts";
import type { Conversation, Rule } from "../rule.ts";
import { call, calling, result, tool, user, WEATHER } from "../words.ts";

const CLOSINGS = /<\/[\w:-]{1,40}>/g;

export const X08: Rule = {
  id: "X08",
  title: "texts cannot close the template's envelopes",
  severity: "info",
  about:
    "Closing tags such as </tools> are ordinary text to most tokenizers: a description or a result that contains one ends the block it " +
    "stands in. The closing tags that the template prints are put into both and looked for in the prompt.",
  fix: "warn of such texts before they are sent, or write < as \\u003c inside JSON",
  sources: ["chat-template-patches"],
  needs: [],
  check(subject) {
    const prompts = [conversations.toolsWithSystem, conversations.called].map((each) => textOf(subject.render(each)));
    const closings = [...new Set(prompts.flatMap((text) => text.match(CLOSINGS) ?? []))];
    if (closings.length === 0) return [];
    const text = `BEFOREZQ ${closings.join(" ")} AFTERZQ`;
    const through = PLACES.filter(({ holding }) => textOf(subject.render(holding(text))).includes(text));
    if (through.length === 0) return [];
    const places = through.map(({ name }) => name).join(" and ");
    return [{ message: `${closings.join(" ")} in ${places} reach the prompt as they are` }];
  },
};

const PLACES: readonly { readonly name: string; readonly holding: (text: string) => Conversation }[] = [
  {
    name: "a tool's description",
    holding: (text) => ({
      name: "closing tags in a description",
      messages: [user("ASKZQ")],
      tools: [tool("get_weather_zq", text, { city_zq: { type: "string" } })],
    }),
  },
  {
    name: "a tool's result",
    holding: (text) => ({
      name: "closing tags in a result",
      messages: [
        user("ASKZQ"),
        calling([call("get_weather_zq", { city_zq: "PARISZQ" })]),
        result(text, "get_weather_zq"),
      ],
      tools: [WEATHER],
    }),
  },
];
