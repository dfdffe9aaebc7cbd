import type { RenderValue } from "../../../templates/index.ts";
import { textOf } from "../differences.ts";
import type { Conversation, Rule } from "../rule.ts";
import { showsCalls } from "../shows-calls.ts";
import { call, calling, result, TOOLS, user } from "../words.ts";

const PAIRS: readonly { readonly text: string; readonly asText: Conversation; readonly asValue: Conversation }[] = [
  pair("true", true),
  pair("3", 3),
  pair("null", null),
];

export const T15: Rule = {
  id: "T15",
  title: "whether text and values look different in arguments",
  severity: "info",
  about:
    'Formats with one tag for each argument print the text "3" and the number 3 alike, so only the tool\'s schema tells what a call ' +
    "meant. Calls with such texts and with the values themselves are rendered and compared.",
  fix: "read arguments with the tool's schema in hand, as halter's parsers do",
  sources: [],
  needs: [],
  check(subject) {
    if (!showsCalls(subject)) return [];
    const alike = PAIRS.filter(({ asText, asValue }) => {
      const text = textOf(subject.render(asText));
      return text.includes("city_zq") && text === textOf(subject.render(asValue));
    });
    if (alike.length === 0) return [];
    const list = alike.map(({ text }) => `"${text}" and ${text}`).join(", ");
    return [{ message: `rendered alike: ${list}`, fixture: alike[0]!.asText.name }];
  },
};

function pair(text: string, value: RenderValue) {
  return { text, asText: calledWith(text, `the text ${text}`), asValue: calledWith(value, `the value ${text}`) };
}

function calledWith(value: RenderValue, name: string): Conversation {
  const messages = [
    user("ASKZQ please"),
    calling([call("get_weather_zq", { city_zq: value })]),
    result("SUNNYZQ and warm", "get_weather_zq"),
  ];
  return { name: `${name} as argument`, messages, tools: TOOLS };
}
